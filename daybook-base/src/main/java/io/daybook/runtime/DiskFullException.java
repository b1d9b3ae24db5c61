package io.daybook.runtime;

import java.io.IOException;

/** Nothing more can be written because the file system, or the share of it that is ours, is full. */
public final class DiskFullException extends IOException {
    /** With the file and what the system said. */
    public DiskFullException(String message, Throwable cause) {
        super(message, cause);
    }

    /** With the file. */
    public DiskFullException(String message) {
        super(message);
    }
}
