package io.daybook.log;

/** Data that was durable does not check. The message names the partition, the file, the position and the offset. */
public final class CorruptLogException extends RuntimeException {
    private final long offset;

    /** With the first offset that cannot be read. */
    public CorruptLogException(String message, long offset) {
        super(message);
        this.offset = offset;
    }

    /** The first offset that cannot be read. */
    public long offset() {
        return offset;
    }
}
