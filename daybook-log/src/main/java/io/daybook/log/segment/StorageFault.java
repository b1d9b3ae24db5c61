package io.daybook.log.segment;

import io.daybook.base.ErrorCode;

/** What can keep a store from taking bytes. */
public enum StorageFault {
    /** There is none: the bytes were taken. */
    NONE,
    /** No space left; nothing was taken, and it may work again later. */
    DISK_FULL,
    /** The drive failed; it takes nothing any more. */
    DISK_FAILED,
    /** Another owner opened the chain; this one is stale. */
    FENCED;

    /** What a client is told. */
    public ErrorCode code() {
        return switch (this) {
            case NONE -> ErrorCode.NONE;
            case DISK_FULL, DISK_FAILED -> ErrorCode.KAFKA_STORAGE_ERROR;
            case FENCED -> ErrorCode.NOT_LEADER_OR_FOLLOWER;
        };
    }
}
