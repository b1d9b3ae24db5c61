package io.daybook.server.net;

import io.daybook.base.wire.Message;
import org.jspecify.annotations.Nullable;

/** How a call ended. */
final class Answer {
    /** Nothing is sent. */
    static final Answer NOTHING = new Answer(null, (short) 0, "");

    private final @Nullable Message response;
    private final short version;
    private final String closeReason;

    private Answer(@Nullable Message response, short version, String closeReason) {
        this.response = response;
        this.version = version;
        this.closeReason = closeReason;
    }

    static Answer of(Message response, short version) {
        return new Answer(response, version, "");
    }

    static Answer close(String reason) {
        return new Answer(null, (short) 0, reason);
    }

    boolean hasResponse() {
        return response != null;
    }

    boolean closesConnection() {
        return !closeReason.isEmpty();
    }

    String closeReason() {
        return closeReason;
    }

    short version() {
        return version;
    }

    Message response() {
        if (response == null) {
            throw new IllegalStateException("this answer has no response");
        }
        return response;
    }
}
