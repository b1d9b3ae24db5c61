package io.daybook.broker.partition;

import io.daybook.base.ErrorCode;
import io.daybook.base.record.Records;
import io.daybook.log.AbortedTransaction;
import io.daybook.log.EpochEndOffset;
import io.daybook.log.FileRecords;
import java.util.List;

/**
 * What a reader is told about one partition.
 *
 * @param code why nothing was read, or {@link ErrorCode#NONE}
 * @param offsets what the partition holds
 * @param records whole batches; who is given them calls {@link #release()} or hands them on
 * @param aborted the aborted transactions among the records; for {@link Isolation#READ_COMMITTED} only
 * @param diverging where the reader's history leaves ours; {@link EpochEndOffset#UNKNOWN} if it does not
 */
public record PartitionRead(
        ErrorCode code,
        ReadableOffsets offsets,
        Records records,
        List<AbortedTransaction> aborted,
        EpochEndOffset diverging) {
    /** Copies the list. */
    public PartitionRead {
        aborted = List.copyOf(aborted);
    }

    /** Nothing was read, for this reason. */
    public static PartitionRead failed(ErrorCode code) {
        return new PartitionRead(code, ReadableOffsets.UNKNOWN, Records.EMPTY, List.of(), EpochEndOffset.UNKNOWN);
    }

    /** There is nothing to read yet. */
    static PartitionRead nothingYet(ReadableOffsets offsets) {
        return new PartitionRead(ErrorCode.NONE, offsets, Records.EMPTY, List.of(), EpochEndOffset.UNKNOWN);
    }

    /** Whether the reader must hear of this at once, however few bytes there are. */
    public boolean isUrgent() {
        return !code.isNone() || diverging.leaderEpoch() >= 0;
    }

    /** How many bytes were read. */
    public int sizeBytes() {
        return records.sizeBytes();
    }

    /** The same without the records, which are released. */
    public PartitionRead withoutRecords() {
        release();
        return new PartitionRead(code, offsets, Records.EMPTY, List.of(), diverging);
    }

    /** Lets the records go. */
    public void release() {
        if (records instanceof FileRecords) {
            ((FileRecords) records).release();
        }
    }
}
