package io.daybook.base.record;

/** The records of a batch cannot be decoded: a length, count or codec lies. The message says which and by how much. */
public final class CorruptRecordException extends RuntimeException {
    /** With what was found and what is possible. */
    public CorruptRecordException(String message) {
        super(message);
    }

    /** Likewise, with what the codec said. */
    public CorruptRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
