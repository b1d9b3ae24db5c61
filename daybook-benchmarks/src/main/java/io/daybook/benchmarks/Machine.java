package io.daybook.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What the machine itself can do: the limits that no broker passes. All rates are in MB/s. */
final class Machine {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int WRITTEN_BYTES = 128 << 10;
    private static final int SENT_FILE_BYTES = 64 << 20;

    private final Path directory;
    private final long bytes;
    private final LongConsumer writing;

    Machine(Path directory, long bytes, LongConsumer writing) {
        this.directory = directory;
        this.bytes = bytes;
        this.writing = writing;
    }

    /** Sequential write in the pieces that are quickest, larger ones cost more a byte; 0: never synced. */
    double write(long bytesPerSync) throws IOException {
        Path path = directory.resolve("sequential");
        ByteBuffer piece = filled().limit(WRITTEN_BYTES);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long startNanos = System.nanoTime();
            for (long written = 0; written < bytes; written += WRITTEN_BYTES) {
                writing.accept(WRITTEN_BYTES);
                file.write(piece.rewind());
                if (bytesPerSync > 0 && (written + WRITTEN_BYTES) % bytesPerSync == 0) {
                    file.force(false);
                }
            }
            return rate(bytes, startNanos);
        } finally {
            Files.deleteIfExists(path);
        }
    }

    /** A cached file to one connection, as a broker does it. */
    double sendfile() throws IOException, InterruptedException {
        Path path = directory.resolve("sent");
        writing.accept(SENT_FILE_BYTES);
        Files.write(path, new byte[SENT_FILE_BYTES]);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return loopback(target -> file.transferTo(0, SENT_FILE_BYTES, target));
        } finally {
            Files.deleteIfExists(path);
        }
    }

    /** From memory to one connection. */
    double loopback() throws IOException, InterruptedException {
        ByteBuffer piece = filled();
        return loopback(target -> target.write(piece.clear()));
    }

    /** Checksums of what is not in a cache of the processor. */
    double checksum() {
        ByteBuffer memory = ByteBuffer.allocateDirect(SENT_FILE_BYTES);
        CRC32C crc = new CRC32C();
        crc.update(memory.duplicate());
        long startNanos = System.nanoTime();
        for (long done = 0; done < 4 * bytes; done += SENT_FILE_BYTES) {
            crc.update(memory.duplicate());
        }
        return rate(4 * bytes, startNanos);
    }

    /** From memory to memory. */
    double copy() {
        ByteBuffer from = ByteBuffer.allocateDirect(SENT_FILE_BYTES);
        ByteBuffer to = ByteBuffer.allocateDirect(SENT_FILE_BYTES);
        to.duplicate().put(from.duplicate());
        long startNanos = System.nanoTime();
        for (long done = 0; done < 4 * bytes; done += SENT_FILE_BYTES) {
            to.duplicate().put(from.duplicate());
        }
        return rate(4 * bytes, startNanos);
    }

    /** Writes a piece and tells how much it was. */
    private interface Sender {
        long send(WritableByteChannel target) throws IOException;
    }

    private double loopback(Sender sender) throws IOException, InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            ServerSocket socket = listener.socket();
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            Thread writer = new Thread(() -> serve(listener, sender, failure), "loopback-writer");
            writer.start();
            ByteBuffer sink = ByteBuffer.allocateDirect(BUFFER_BYTES);
            long startNanos = System.nanoTime();
            long received = 0;
            try (SocketChannel reader = SocketChannel.open(socket.getLocalSocketAddress())) {
                for (int n = 0; n >= 0; n = reader.read(sink.clear())) {
                    received += n;
                }
            }
            double rate = rate(received, startNanos);
            writer.join();
            if (failure.get() != null) {
                throw new IOException("loopback failed", failure.get());
            }
            return rate;
        }
    }

    private void serve(ServerSocketChannel listener, Sender sender, AtomicReference<@Nullable Throwable> failure) {
        try (SocketChannel target = listener.accept()) {
            for (long sent = 0; sent < 2 * bytes; ) {
                sent += sender.send(target);
            }
        } catch (IOException e) {
            failure.set(e);
        }
    }

    private static ByteBuffer filled() {
        ByteBuffer piece = ByteBuffer.allocateDirect(BUFFER_BYTES);
        Payload payload = new Payload();
        while (piece.hasRemaining()) {
            piece.put(payload.of(0, piece.position(), 0));
        }
        return piece.flip();
    }

    private static double rate(long bytes, long startNanos) {
        return bytes / Subject.BYTES_PER_MB / ((System.nanoTime() - startNanos) / Subject.NANOS_PER_SECOND);
    }
}
