package io.daybook.broker.partition;

/** Up to where a reader may see. */
public enum Isolation {
    /** Everything that is below the high watermark. */
    READ_UNCOMMITTED,
    /** Only what is below the first transaction that is still open. */
    READ_COMMITTED
}
