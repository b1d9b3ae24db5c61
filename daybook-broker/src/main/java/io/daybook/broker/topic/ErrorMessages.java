package io.daybook.broker.topic;

import io.daybook.base.ErrorCode;

/** What operators are told where the code alone would leave them guessing. */
final class ErrorMessages {
    static final String UNKNOWN_TOPIC_OR_PARTITION = "This server does not host this topic-partition.";
    static final String UNKNOWN_TOPIC_ID = "This server does not host this topic ID.";
    static final String TOPIC_DELETION_DISABLED = "Topic deletion is disabled.";

    private ErrorMessages() {}

    /** Why a change of the metadata was not made. */
    static String of(ErrorCode failure) {
        return failure == ErrorCode.KAFKA_STORAGE_ERROR
                ? "The metadata cannot be written; see the log of the broker."
                : "The broker is busy with other changes.";
    }
}
