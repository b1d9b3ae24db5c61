package io.daybook.base.record;

import io.daybook.base.ErrorCode;
import java.util.List;

/**
 * What a check found.
 *
 * @param code {@link ErrorCode#NONE}, or what to answer
 * @param reason what is wrong, for people; empty if nothing is
 * @param invalidRecords the records to blame, if single ones are
 * @param maxTimestampMs the greatest timestamp of a record, whatever the header says
 */
public record BatchVerdict(ErrorCode code, String reason, List<InvalidRecord> invalidRecords, long maxTimestampMs) {
    /** Copies the list. */
    public BatchVerdict {
        invalidRecords = List.copyOf(invalidRecords);
    }

    /** Whether the batch may be appended. */
    public boolean isAccepted() {
        return code.isNone();
    }

    static BatchVerdict accepted(long maxTimestampMs) {
        return new BatchVerdict(ErrorCode.NONE, "", List.of(), maxTimestampMs);
    }

    static BatchVerdict refused(ErrorCode code, String reason) {
        return new BatchVerdict(code, reason, List.of(), RecordBatch.NO_TIMESTAMP);
    }
}
