package io.daybook.base.record;

/** Whose time the records of a batch carry. */
public enum TimestampType {
    /** The producer's. */
    CREATE_TIME,
    /** That of the broker when it appended the batch; every record has the batch's greatest timestamp. */
    LOG_APPEND_TIME
}
