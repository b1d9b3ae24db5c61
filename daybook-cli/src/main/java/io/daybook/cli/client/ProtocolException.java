package io.daybook.cli.client;

import io.daybook.base.ErrorCode;
import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A broker refused. Carries its code and, where it sent one, its own words. */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * A refusal.
     *
     * @param what what was asked, for example "topic 'orders'"
     * @param detail the broker's words, or null if it sent none
     */
    public ProtocolException(ErrorCode code, String what, @Nullable String detail) {
        super(what + ": " + (detail == null || detail.isBlank() ? words(code) : detail.strip()));
        this.code = code;
    }

    /** Throws if the code is an error. */
    public static void check(short code, String what, @Nullable String detail) {
        if (code != ErrorCode.NONE.code()) {
            throw new ProtocolException(ErrorCode.of(code), what, detail);
        }
    }

    /** The broker's code. */
    public ErrorCode code() {
        return code;
    }

    /** How a process ends that meets this error. */
    public ExitCode exitCode() {
        return switch (code) {
            case UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID, GROUP_ID_NOT_FOUND, RESOURCE_NOT_FOUND ->
                ExitCode.NOT_FOUND;
            case TOPIC_AUTHORIZATION_FAILED, GROUP_AUTHORIZATION_FAILED, CLUSTER_AUTHORIZATION_FAILED ->
                ExitCode.NOT_AUTHORIZED;
            case TRANSACTIONAL_ID_AUTHORIZATION_FAILED, SASL_AUTHENTICATION_FAILED -> ExitCode.NOT_AUTHORIZED;
            case TOPIC_ALREADY_EXISTS, NON_EMPTY_GROUP, GROUP_SUBSCRIBED_TO_TOPIC, TOPIC_DELETION_DISABLED ->
                ExitCode.CONFLICT;
            case UNKNOWN_MEMBER_ID, INCONSISTENT_GROUP_PROTOCOL, REBALANCE_IN_PROGRESS -> ExitCode.CONFLICT;
            default -> ExitCode.FAILURE;
        };
    }

    /** The same as the end of a command, with what helps. */
    public CommandException asCommandException() {
        return new CommandException(exitCode(), String.valueOf(getMessage()), hint());
    }

    private @Nullable String hint() {
        return switch (code) {
            case UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID -> "daybook topic list";
            case GROUP_ID_NOT_FOUND -> "daybook group list";
            case NON_EMPTY_GROUP -> "stop the group's members first; daybook group describe GROUP shows them";
            case TOPIC_ALREADY_EXISTS -> "daybook topic describe TOPIC shows what is there";
            default -> null;
        };
    }

    /** {@code UNKNOWN_TOPIC_OR_PARTITION} as "unknown topic or partition (UNKNOWN_TOPIC_OR_PARTITION)". */
    private static String words(ErrorCode code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " (" + code.name() + ")";
    }
}
