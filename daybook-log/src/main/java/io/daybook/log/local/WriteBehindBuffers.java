package io.daybook.log.local;

import io.daybook.runtime.Disk;
import io.daybook.runtime.Worker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory in which files of a drive hold bytes, and which of them do. There is little of it, and none while the drive is
 * nearly full: what is held was acknowledged, so there must be room to write it. Safe for use by any thread.
 */
final class WriteBehindBuffers {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBehindBuffers.class);

    /** About so many files hold something at a time. */
    private static final int MAX_BUFFERS = 64;
    /** So many times what can be held has to be free on the drive. */
    private static final int ROOM_FACTOR = 32;

    private static final long ROOM_INTERVAL_MS = 100;

    private final Disk disk;
    private final Path root;
    private final Worker background;
    private final int bufferBytes;
    private final Deque<ByteBuffer> free = new ConcurrentLinkedDeque<>();
    private final Queue<SegmentFile> holders = new ConcurrentLinkedQueue<>();
    private final AtomicInteger holderCount = new AtomicInteger();
    private final AtomicLong nextLookMs = new AtomicLong(Long.MIN_VALUE);
    private volatile boolean hasRoom;

    /**
     * Of the drive that {@code root} is on.
     *
     * @param bufferBytes how much a file holds at most; 0 if none does
     */
    WriteBehindBuffers(Disk disk, Path root, Worker background, int bufferBytes) {
        this.disk = disk;
        this.root = root;
        this.background = background;
        this.bufferBytes = bufferBytes;
    }

    /** Whether so many bytes are few: others will fit beside them. */
    boolean isWorthHolding(int bytes) {
        return bytes <= bufferBytes / 2;
    }

    /** Memory for the bytes of a file that holds none, if there is some left; {@link #letGo} follows. */
    @Nullable
    HeldBytes take(SegmentFile holder, long position) {
        if (!hasRoom || holderCount.get() >= MAX_BUFFERS) {
            return null;
        }
        holderCount.incrementAndGet();
        holders.add(holder);
        ByteBuffer known = free.pollLast();
        return new HeldBytes(known == null ? ByteBuffer.allocateDirect(bufferBytes) : known, position, free::addLast);
    }

    /** This file holds nothing any more. */
    void letGo(SegmentFile holder) {
        holders.remove(holder);
        holderCount.decrementAndGet();
    }

    /** The files get all that is held. */
    void writeOut() throws IOException {
        for (SegmentFile holder : holders) {
            holder.writeOut();
        }
    }

    /** The files of owners that were fenced before get what is held now, and nothing that comes later. */
    void seal() throws IOException {
        for (SegmentFile holder : holders) {
            if (holder.isFenced()) {
                holder.seal();
            }
        }
    }

    /** Now and then, before something is held: looks in the background how much room the drive has. */
    void mindRoom(long nowMs) {
        long due = nextLookMs.get();
        if (nowMs >= due && nextLookMs.compareAndSet(due, nowMs + ROOM_INTERVAL_MS)) {
            background.execute(this::look);
        }
    }

    private void look() {
        try {
            hasRoom = bufferBytes > 0 && disk.usableBytes(root) >= (long) ROOM_FACTOR * MAX_BUFFERS * bufferBytes;
            if (!hasRoom) {
                writeOut();
            }
        } catch (IOException e) {
            // a drive without room may have some at the next look; one that fails shows it to those who must write
            hasRoom = false;
            LOG.atWarn()
                    .addKeyValue("directory", root)
                    .setCause(e)
                    .log("what is held in memory could not be written yet");
        }
    }
}
