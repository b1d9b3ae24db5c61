package io.daybook.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where bytes are kept. The contract is that of a POSIX file system after the worst crash: what was written but not
 * synced may be lost, whole or in parts, in any order; a file that was created, renamed or deleted may appear as before
 * until its directory was synced ({@link #syncDirectory}). Every method blocks and may be called by any thread.
 */
public interface Disk {
    /** Of files that are opened with {@link Mode#WRITE_BLOCKS}. */
    int BLOCK_BYTES = 4096;

    /** How a file is opened. */
    enum Mode {
        /** It must exist; writing fails. */
        READ,
        /** It is made if it does not exist. */
        READ_WRITE,
        /**
         * It is made if it does not exist, and is only written: in whole blocks of {@link #BLOCK_BYTES}, at multiples of that,
         * from memory that {@link BlockBuffers} gave. What is synced as soon as it is written, and not read, then goes past
         * the page cache ({@code O_DIRECT}) where the file system can that: the copy and the kernel's work of writing it
         * back are saved.
         */
        WRITE_BLOCKS,
        /** It must not exist. */
        CREATE_NEW
    }

    /** Opens a file. The caller closes it. */
    DiskFile open(Path path, Mode mode) throws IOException;

    /**
     * Makes content and length of several files of this disk durable, at the same time where that is faster than one after
     * the other. Returns when all of it has ended; fails if one failed, and then none of them may be trusted.
     */
    default void syncAll(List<DiskFile> files) throws IOException {
        for (DiskFile file : files) {
            file.sync();
        }
    }

    /** The names, without order, in a directory. */
    List<String> list(Path directory) throws IOException;

    /** Whether there is a file or directory of this name. */
    boolean exists(Path path);

    /** Whether there is a directory of this name. */
    boolean isDirectory(Path path);

    /** Makes a directory and those above it, and syncs the parents of what it made. */
    void createDirectories(Path directory) throws IOException;

    /** Makes a directory, if it does not exist, in one that does; it counts only after that was synced. */
    void createDirectory(Path directory) throws IOException;

    /** Renames a file or directory within one file system, atomically, replacing a file of the new name. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file or an empty directory. */
    void delete(Path path) throws IOException;

    /** Makes creations, renames and deletions in this directory durable. After a failure the drive is not to be trusted. */
    void syncDirectory(Path directory) throws IOException;

    /** Bytes that can still be written on the file system of this path. */
    long usableBytes(Path path) throws IOException;

    /** All bytes of the file system of this path. */
    long totalBytes(Path path) throws IOException;

    /**
     * Takes the lock on a file, made if it does not exist, for this process.
     *
     * @return empty if another process (or another part of this one) holds it; closing it lets it go
     */
    Optional<DiskLock> tryLock(Path path) throws IOException;
}
