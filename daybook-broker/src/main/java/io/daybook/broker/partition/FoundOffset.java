package io.daybook.broker.partition;

import io.daybook.base.ErrorCode;

/**
 * An offset that was looked for. Where nothing fits, the numbers are -1 and the code is {@link ErrorCode#NONE}.
 *
 * @param code why there is no answer, or {@link ErrorCode#NONE}
 * @param offset the offset
 * @param timestampMs the timestamp of the record at the offset, where it was looked for by time
 * @param leaderEpoch the epoch of the record at the offset
 */
public record FoundOffset(ErrorCode code, long offset, long timestampMs, int leaderEpoch) {
    /** There is no such offset. */
    public static final FoundOffset NOTHING = new FoundOffset(ErrorCode.NONE, -1, -1, -1);

    /** There is no answer. */
    public static FoundOffset failed(ErrorCode code) {
        return new FoundOffset(code, -1, -1, -1);
    }
}
