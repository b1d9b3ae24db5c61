package io.daybook.broker.coordinator;

import io.daybook.base.ErrorCode;

/**
 * What became of an append.
 *
 * @param code {@link ErrorCode#NONE}, or why nothing was appended
 * @param reason for people; empty if there is nothing to say
 * @param endOffset the offset after the last appended record; 0 if nothing was appended
 */
public record CoordinatorAppend(ErrorCode code, String reason, long endOffset) {
    /** The records are in the log, up to (not including) {@code endOffset}. */
    public static CoordinatorAppend appended(long endOffset) {
        return new CoordinatorAppend(ErrorCode.NONE, "", endOffset);
    }

    /** Nothing was appended. */
    public static CoordinatorAppend refused(ErrorCode code, String reason) {
        return new CoordinatorAppend(code, reason, 0);
    }
}
