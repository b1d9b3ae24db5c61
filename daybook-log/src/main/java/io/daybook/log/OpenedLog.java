package io.daybook.log;

/**
 * What opening a log found out; the start of its state.
 *
 * @param isChanged whether what is stored beside the segments is not what is stored here
 */
record OpenedLog(
        SegmentList segments,
        LeaderEpochs epochs,
        ProducerStates producers,
        RecoveryReport recovery,
        long startOffset,
        long endOffset,
        boolean isChanged) {}
