package io.daybook.log.local;

import io.daybook.runtime.DiskFile;
import io.daybook.runtime.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings bytes of files into the system's memory, for readers that must not wait. A byte here and there tells, by the time
 * that it takes, whether the rest is there already; copying everything would cost as much as sending it. For a drive's
 * background worker.
 */
final class CacheReader {
    /** Systems read ahead in runs of this length or longer, so the bytes in between come and go together. */
    private static final int PROBE_BYTES = 64 << 10;
    /** Far enough that a drive that was asked for the first byte has not brought this one along. */
    private static final int SECOND_LOOK_BYTES = PROBE_BYTES / 2;
    /** Memory answers well below this, and a drive above. To be wrong costs a copy. */
    private static final long SLOW_NANOS = 25_000;

    private final Ticker ticker;
    private final AtomicLong cachedBytes;
    private @Nullable ByteBuffer scratch;

    /** Adds what comes from the drive to {@code cachedBytes}. */
    CacheReader(Ticker ticker, AtomicLong cachedBytes) {
        this.ticker = ticker;
        this.cachedBytes = cachedBytes;
    }

    /**
     * The bytes are in memory when this returns. Waits for the drive.
     *
     * @return how many had to be read
     */
    long bringIn(DiskFile file, long from, long to) throws IOException {
        long readBytes = 0;
        for (long begin = from; begin < to; begin += ResidentBlocks.BLOCK_BYTES) {
            long end = Math.min(to, begin + ResidentBlocks.BLOCK_BYTES);
            if (!seemsThere(file, begin, end)) {
                read(file, begin, end);
                readBytes += end - begin;
            }
        }
        cachedBytes.addAndGet(readBytes);
        return readBytes;
    }

    private boolean seemsThere(DiskFile file, long from, long to) throws IOException {
        for (long position = from; position < to; position += PROBE_BYTES) {
            // a thread that others kept from running seems slow too, but hardly twice in a row
            if (!isQuick(file, position) && !isQuick(file, Math.min(position + SECOND_LOOK_BYTES, to - 1))) {
                return false;
            }
        }
        return true;
    }

    private boolean isQuick(DiskFile file, long position) throws IOException {
        long beforeNanos = ticker.nanoTime();
        ByteBuffer one = scratch().clear().limit(1);
        readSome(file, one, position);
        return ticker.nanoTime() - beforeNanos < SLOW_NANOS;
    }

    private void read(DiskFile file, long from, long to) throws IOException {
        ByteBuffer chunk = scratch();
        for (long position = from; position < to; position += chunk.position()) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), to - position));
            readSome(file, chunk, position);
        }
    }

    private static void readSome(DiskFile file, ByteBuffer target, long position) throws IOException {
        if (file.read(target, position) <= 0) {
            throw new IOException(file + " ends at " + position + " or before");
        }
    }

    private ByteBuffer scratch() {
        ByteBuffer memory = scratch;
        if (memory == null) {
            memory = ByteBuffer.allocateDirect(LocalSegment.CHUNK_BYTES);
            scratch = memory;
        }
        return memory;
    }
}
