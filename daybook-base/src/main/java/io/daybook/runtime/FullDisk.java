package io.daybook.runtime;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Tells from the system's words whether a file system is full: the JDK has no other sign. */
final class FullDisk {
    private FullDisk() {}

    static IOException orSame(Path path, IOException failure) {
        if (failure instanceof DiskFullException) {
            return failure;
        }
        String words = failure instanceof FileSystemException
                ? String.valueOf(((FileSystemException) failure).getReason())
                : String.valueOf(failure.getMessage());
        // out of file handles, too, there is no room now, but nothing is wrong with the drive
        boolean isFull = words.contains("No space left on device")
                || words.contains("Disk quota exceeded")
                || words.contains("Too many open files");
        return isFull ? new DiskFullException(path + ": " + words, failure) : failure;
    }
}
