package io.daybook.cli.segment;

import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatches;
import io.daybook.base.record.ScanEnd;
import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A {@code .log} file, read batch by batch; holds one batch in memory at a time. For one thread. */
public final class SegmentFile implements Closeable {
    /** The name of a segment: its base offset in twenty digits. */
    private static final int DIGITS = 20;

    private static final String SUFFIX = ".log";
    private static final int MAX_BATCH_BYTES = 1024 * 1024 * 1024;

    private final Path path;
    private final FileChannel channel;
    private long position;

    /** Gets every batch and its position in the file. */
    @FunctionalInterface
    public interface Visitor {
        /** One batch; its CRC is not checked. The view is valid until this returns. */
        void visit(RecordBatch batch, long position);
    }

    /**
     * Where reading ended.
     *
     * @param position the first byte that is not part of a whole batch; the size of the file if nothing is wrong
     * @param problem what is wrong there, or empty
     */
    public record End(long position, String problem) {}

    /**
     * Opens a segment.
     *
     * @throws CommandException if it cannot be opened, or its name is not that of a segment
     */
    public SegmentFile(Path path) {
        this.path = path;
        if (!isSegment(path)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    path + " is not a segment file",
                    "name a file like orders-0/00000000000000000000.log");
        }
        try {
            this.channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new CommandException(ExitCode.NOT_FOUND, "the file " + path + " cannot be opened: " + e.getMessage());
        }
    }

    /** Whether the name is that of a segment. */
    public static boolean isSegment(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.length() == DIGITS + SUFFIX.length()
                && name.endsWith(SUFFIX)
                && name.chars().limit(DIGITS).allMatch(Character::isDigit);
    }

    /** The offset in the file's name. */
    public long baseOffset() {
        return Long.parseLong(String.valueOf(path.getFileName()).substring(0, DIGITS));
    }

    /** The length of the file. */
    public long sizeBytes() throws IOException {
        return channel.size();
    }

    /** Goes over all batches up to the end, or to the first place that is not a batch. */
    public End forEach(Visitor visitor) throws IOException {
        ByteBuffer prefix = ByteBuffer.allocate(RecordBatch.HEADER_BYTES);
        position = 0;
        long sizeBytes = channel.size();
        while (position < sizeBytes) {
            prefix.clear();
            read(prefix, position);
            prefix.flip();
            if (prefix.remaining() < RecordBatch.HEADER_BYTES) {
                return allZero(sizeBytes) ? zeroes() : new End(position, "the header of a batch is cut");
            }
            int lengthBytes = prefix.getInt(Long.BYTES);
            long batchBytes = (long) lengthBytes + RecordBatch.LENGTH_PREFIX_BYTES;
            if (lengthBytes == 0 && allZero(sizeBytes)) {
                return zeroes();
            }
            if (batchBytes < RecordBatch.HEADER_BYTES || batchBytes > MAX_BATCH_BYTES) {
                return new End(position, "a batch of " + batchBytes + " bytes is impossible");
            }
            if (position + batchBytes > sizeBytes) {
                return new End(
                        position, "the batch counts " + batchBytes + " bytes, " + (sizeBytes - position) + " are left");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) batchBytes);
            read(bytes, position);
            bytes.flip();
            RecordBatches batches = new RecordBatches(bytes);
            if (!batches.next()) {
                ScanEnd end = batches.end();
                return new End(position, end.toString());
            }
            visitor.visit(batches.batch(), position);
            position += batchBytes;
        }
        return new End(position, "");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private End zeroes() {
        return new End(position, "zeroes up to the end of the file");
    }

    private boolean allZero(long sizeBytes) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(64 * 1024);
        for (long at = position; at < sizeBytes; at += chunk.limit()) {
            chunk.clear();
            read(chunk, at);
            chunk.flip();
            while (chunk.hasRemaining()) {
                if (chunk.get() != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private void read(ByteBuffer target, long from) throws IOException {
        long at = from;
        while (target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count < 0) {
                return;
            }
            at += count;
        }
    }
}
