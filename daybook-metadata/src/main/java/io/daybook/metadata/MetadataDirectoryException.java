package io.daybook.metadata;

import java.io.IOException;

/** A metadata directory cannot be used: locked, corrupt, or written by a newer program. The message says which file and why. */
public final class MetadataDirectoryException extends IOException {
    MetadataDirectoryException(String message) {
        super(message);
    }

    MetadataDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
