package io.daybook.broker.partition;

/** When an append is acknowledged. */
public enum Acks {
    /** Nobody waits for an answer. */
    NONE,
    /** When the records are appended; a crash may still take them back. */
    LEADER,
    /** When the records are durable. */
    ALL
}
