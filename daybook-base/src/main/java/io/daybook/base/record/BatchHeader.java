package io.daybook.base.record;

/** What {@link RecordBatch#writeHeader} writes. */
record BatchHeader(
        long baseOffset,
        int partitionLeaderEpoch,
        Compression compression,
        TimestampType timestampType,
        boolean isTransactional,
        boolean isControl,
        boolean hasDeleteHorizon,
        int lastOffsetDelta,
        long baseTimestamp,
        long maxTimestamp,
        long producerId,
        short producerEpoch,
        int baseSequence,
        int recordCount,
        int recordsBytes) {}
