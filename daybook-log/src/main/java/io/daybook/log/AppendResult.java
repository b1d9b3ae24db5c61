package io.daybook.log;

import io.daybook.base.ErrorCode;
import java.util.List;

/** What became of an append. */
public sealed interface AppendResult permits AppendResult.Appended, AppendResult.Duplicate, AppendResult.Refused {
    /** {@link ErrorCode#NONE} unless the append was refused. */
    ErrorCode code();

    /** The first record's offset, -1 if the append was refused. */
    long baseOffset();

    /** The last record's offset, inclusive; -1 if the append was refused. */
    long lastOffset();

    /** The time given to every record, or {@link #NO_APPEND_TIME}. */
    long logAppendTimeMs();

    /** The first offset that the log holds, -1 if the append was refused. */
    long logStartOffset();

    /** "The records keep the time their producer gave them." */
    long NO_APPEND_TIME = -1;

    /**
     * The records are in the log, in their order, and readable once they are durable.
     *
     * @param baseOffset the first record's offset
     * @param lastOffset the last record's offset, inclusive
     * @param logAppendTimeMs the time given to every record, or {@link #NO_APPEND_TIME}
     * @param logStartOffset the first offset that the log holds now
     */
    record Appended(long baseOffset, long lastOffset, long logAppendTimeMs, long logStartOffset)
            implements AppendResult {
        @Override
        public ErrorCode code() {
            return ErrorCode.NONE;
        }
    }

    /**
     * The producer sent a batch again that the log holds already; nothing was written. Whoever answers with these offsets
     * waits until {@code lastOffset} is durable, as for a fresh append.
     *
     * @param baseOffset the first record's offset at its first arrival
     * @param lastOffset the last record's offset at its first arrival, inclusive
     * @param logAppendTimeMs the time given to every record then, or {@link #NO_APPEND_TIME}
     * @param logStartOffset the first offset that the log holds now
     */
    record Duplicate(long baseOffset, long lastOffset, long logAppendTimeMs, long logStartOffset)
            implements AppendResult {
        @Override
        public ErrorCode code() {
            return ErrorCode.NONE;
        }
    }

    /**
     * Nothing was written.
     *
     * @param code what to answer
     * @param reason what was wrong, for people
     * @param recordErrors the records to blame, if single ones are
     */
    record Refused(ErrorCode code, String reason, List<RecordError> recordErrors) implements AppendResult {
        /** Copies the list. */
        public Refused {
            recordErrors = List.copyOf(recordErrors);
        }

        /** Refused as a whole. */
        public Refused(ErrorCode code, String reason) {
            this(code, reason, List.of());
        }

        @Override
        public long baseOffset() {
            return -1;
        }

        @Override
        public long lastOffset() {
            return -1;
        }

        @Override
        public long logAppendTimeMs() {
            return NO_APPEND_TIME;
        }

        @Override
        public long logStartOffset() {
            return -1;
        }
    }
}
