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
        ByteBuffer one = scratch();
        for (long position = from; position < to; position += PROBE_BYTES) {
            long beforeNanos = ticker.nanoTime();
            one.clear().limit(1);
            readSome(file, one, position);
            if (ticker.nanoTime() - beforeNanos >= SLOW_NANOS) {
                return false;
            }
        }
        return true;
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
