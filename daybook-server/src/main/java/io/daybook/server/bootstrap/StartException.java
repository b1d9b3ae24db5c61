package io.daybook.server.bootstrap;

/** The server cannot start. The message says what is wrong, where, and what to do; there is nothing to add to it. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
