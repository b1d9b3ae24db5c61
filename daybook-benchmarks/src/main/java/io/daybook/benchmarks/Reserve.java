package io.daybook.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Memory that the page cache can take at once. In a virtual machine whose host takes back what is free, the first touch of
 * a page costs the toucher up to 4 CPU seconds a gigabyte and stalls it for milliseconds; that is more than a broker's own
 * work and differs from minute to minute. Therefore files hold as much page cache as the loads will fill, and are deleted
 * piece by piece while the loads go on: the kernel hands out what was freed last. For one thread at a time.
 */
final class Reserve {
    private static final int CHUNK_BYTES = 32 << 20;
    private static final int WRITE_BYTES = 1 << 20;

    private final Path directory;
    private final Deque<Path> chunks = new ArrayDeque<>();
    private long nextName;
    private long targetBytes;
    private long owedBytes;

    Reserve(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** So much is wanted at the beginning of a round. */
    void target(long bytes) {
        targetBytes = bytes;
    }

    void fill() throws IOException {
        fill(Long.MAX_VALUE);
    }

    /** Takes up to so many bytes that were freed just now, while the target is not reached. */
    void fill(long freedBytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(WRITE_BYTES);
        long left = Math.min(freedBytes, targetBytes - (long) chunks.size() * CHUNK_BYTES);
        for (; left > 0; left -= CHUNK_BYTES) {
            Path chunk = directory.resolve("chunk-" + nextName++);
            try (FileChannel file = FileChannel.open(chunk, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (int written = 0; written < CHUNK_BYTES; written += WRITE_BYTES) {
                    file.write(zeros.clear());
                }
            }
            chunks.add(chunk);
        }
    }

    /** Somebody is about to write so many bytes. */
    void release(long bytes) {
        owedBytes += bytes;
        while (owedBytes > 0 && !chunks.isEmpty()) {
            try {
                Files.delete(chunks.remove());
            } catch (IOException e) {
                throw new UncheckedIOException("the reserve cannot be released", e);
            }
            owedBytes -= CHUNK_BYTES;
        }
        if (chunks.isEmpty()) {
            owedBytes = 0;
        }
    }
}
