package io.daybook.server.net;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of requests may be in this process at a time, over all connections. A connection that needs more than is
 * free waits in line, first come first served, and does not read meanwhile; whoever releases serves the line. Safe for use
 * by any thread, and never blocks.
 */
final class RequestMemory {
    private final long capacityBytes;
    private final AtomicLong freeBytes;
    private final Queue<Waiter> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lineLength = new AtomicInteger();
    private final AtomicInteger servings = new AtomicInteger();
    private final LargeBuffers largeBuffers = new LargeBuffers();

    /** What a connection waits with. Its callback runs on whatever thread released the memory. */
    static final class Waiter {
        private final int bytes;
        private final Runnable granted;

        private Waiter(int bytes, Runnable granted) {
            this.bytes = bytes;
            this.granted = granted;
        }
    }

    RequestMemory(long capacityBytes) {
        this.capacityBytes = capacityBytes;
        this.freeBytes = new AtomicLong(capacityBytes);
    }

    long capacityBytes() {
        return capacityBytes;
    }

    /** Where large frames get their memory once it is reserved. */
    LargeBuffers largeBuffers() {
        return largeBuffers;
    }

    long usedBytes() {
        return capacityBytes - freeBytes.get();
    }

    /** Whether somebody waits. */
    boolean isContended() {
        return lineLength.get() > 0;
    }

    /** Takes the bytes if they are free and nobody is in line. */
    boolean tryReserve(int bytes) {
        return lineLength.get() == 0 && take(bytes);
    }

    /**
     * Gets in line. The callback runs once the bytes are reserved for the caller, who releases them, wanted or not; they
     * must not exceed the capacity.
     */
    void awaitReservation(int bytes, Runnable granted) {
        if (bytes > capacityBytes) {
            throw new IllegalArgumentException(bytes + " bytes asked for, " + capacityBytes + " can ever be free");
        }
        lineLength.incrementAndGet();
        line.add(new Waiter(bytes, granted));
        serveLine();
    }

    void release(int bytes) {
        freeBytes.addAndGet(bytes);
        if (isContended()) {
            serveLine();
        }
    }

    /** One thread serves at a time; the others leave a note that there is more to do. */
    private void serveLine() {
        if (servings.getAndIncrement() != 0) {
            return;
        }
        int notes = 1;
        while (notes != 0) {
            Waiter first = line.peek();
            while (first != null && take(first.bytes)) {
                line.remove();
                lineLength.decrementAndGet();
                first.granted.run();
                first = line.peek();
            }
            notes = servings.addAndGet(-notes);
        }
    }

    private boolean take(int bytes) {
        long free = freeBytes.get();
        while (free >= bytes) {
            if (freeBytes.compareAndSet(free, free - bytes)) {
                return true;
            }
            free = freeBytes.get();
        }
        return false;
    }
}
