package io.daybook.benchmarks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Memory that the page cache can take at once. In a virtual machine whose host takes back what is free, the first touch of
 * a page costs the toucher up to 4 CPU seconds a gigabyte and stalls it for milliseconds; that is more than a broker's own
 * work and differs from minute to minute. Therefore files hold as much page cache as the loads will fill, and are cut piece
 * by piece while the loads go on: the kernel hands out what was freed last.
 *
 * <p>The files have no blocks on the drive, as neither filling nor cutting them must keep it busy. They are mapped, as
 * Linux with DAMON pages out what is cached, not mapped and a minute old; and they are many, as cutting a file takes time
 * with all that was ever mapped of it. They are in two rows that take pieces in turns, and the first is cut before the
 * second: what lies free in blocks of 2 MiB goes back to the host within seconds, and pieces of half that size between
 * pieces that are held make none.
 *
 * <p>For one thread at a time. Lives as long as the process.
 */
final class Reserve {
    private static final int PIECE_BYTES = 1 << 20;
    private static final int PIECES_IN_FILE = 64;

    private final Row first;
    private final Row second;
    private long targetBytes;
    private long owedBytes;

    Reserve(Path directory) throws IOException {
        this.first = new Row(directory.resolve("first"));
        this.second = new Row(directory.resolve("second"));
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
        long missingBytes = targetBytes - first.bytes() - second.bytes();
        for (long left = Math.min(freedBytes, missingBytes); left > 0; left -= PIECE_BYTES) {
            (first.bytes() <= second.bytes() ? first : second).grow();
        }
    }

    /** Somebody is writing so many bytes. */
    void release(long bytes) {
        owedBytes += bytes;
        try {
            while (owedBytes > 0 && first.bytes() + second.bytes() > 0) {
                (first.bytes() > 0 ? first : second).shrink();
                owedBytes -= PIECE_BYTES;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the reserve cannot be released", e);
        }
        if (first.bytes() + second.bytes() == 0) {
            owedBytes = 0;
        }
    }

    /** Pieces in files without blocks, of which each page is in memory. */
    private static final class Row {
        private final Path directory;
        private final Deque<Held> files = new ArrayDeque<>();
        private final ByteBuffer sink = ByteBuffer.allocateDirect(PIECE_BYTES);

        Row(Path directory) throws IOException {
            this.directory = Files.createDirectories(directory);
        }

        long bytes() {
            return files.stream().mapToLong(Held::bytes).sum();
        }

        void grow() throws IOException {
            if (files.isEmpty() || files.getLast().isFull()) {
                files.addLast(new Held(directory.resolve(Integer.toString(files.size()))));
            }
            files.getLast().grow(sink);
        }

        void shrink() throws IOException {
            Held last = files.getLast();
            last.shrink();
            if (last.bytes() == 0) {
                files.removeLast();
                last.close();
            }
        }
    }

    /** One of the files. */
    private static final class Held {
        private final RandomAccessFile file;
        /** A mapping goes when its buffer is collected. What was cut off must not be read any more. */
        private final Deque<MappedByteBuffer> pieces = new ArrayDeque<>();

        Held(Path path) throws IOException {
            this.file = new RandomAccessFile(path.toFile(), "rw");
        }

        boolean isFull() {
            return pieces.size() == PIECES_IN_FILE;
        }

        long bytes() {
            return (long) pieces.size() * PIECE_BYTES;
        }

        /** Reads before it maps: what is read in sequence comes in large folios, single faults bring single pages. */
        void grow(ByteBuffer sink) throws IOException {
            long position = bytes();
            file.setLength(position + PIECE_BYTES);
            sink.clear();
            while (sink.hasRemaining()) {
                file.getChannel().read(sink, position + sink.position());
            }
            pieces.addLast(file.getChannel()
                    .map(FileChannel.MapMode.READ_ONLY, position, PIECE_BYTES)
                    .load());
        }

        /** Frees the pages at once, though they are still mapped. */
        void shrink() throws IOException {
            pieces.removeLast();
            file.setLength(bytes());
        }

        void close() throws IOException {
            file.close();
        }
    }
}
