package io.daybook.log;

/** A log directory cannot be used: locked, of another owner, from a newer version, or failed. The message says which. */
public final class LogDirectoryException extends RuntimeException {
    /** With the directory and what to do about it in the message. */
    public LogDirectoryException(String message) {
        super(message);
    }

    /** Likewise, with what the system said. */
    public LogDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
