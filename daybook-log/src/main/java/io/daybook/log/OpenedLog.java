package io.daybook.log;

/** What opening a log found out; the start of its state. */
record OpenedLog(
        SegmentList segments,
        LeaderEpochs epochs,
        ProducerStates producers,
        RecoveryReport recovery,
        long startOffset,
        long endOffset) {}
