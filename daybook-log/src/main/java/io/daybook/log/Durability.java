package io.daybook.log;

/** What an acknowledgement of {@code acks=all} means. */
public enum Durability {
    /** On stable storage: it survives a power loss. */
    FSYNC,
    /** In the page cache: it survives the end of the process, not of the machine. */
    OS
}
