package io.daybook.benchmarks.micro;

import io.daybook.runtime.SerialShard;
import io.daybook.runtime.Shard;
import io.daybook.runtime.ThreadShard;
import io.daybook.runtime.Ticker;
import java.util.concurrent.Semaphore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From another thread into a shard's inbox, and the shard's turn. Carrier and caller sleep the same way for both kinds of
 * shard, so that the difference is the shard's.
 */
@State(Scope.Benchmark)
public class InboxBenchmark {
    private static final int TASKS = 1_000;
    private static final int INBOX_TASKS = 1 << 20;

    /** Which kind of shard. */
    public enum Kind {
        /** Takes turns on a carrier, as in the server. */
        SERIAL,
        /** Has a thread of its own. */
        THREAD
    }

    /** See {@link Kind}. */
    @Param
    public Kind shardKind = Kind.SERIAL;

    private final ThreadShard thread = new ThreadShard("inbox-benchmark", INBOX_TASKS, Ticker.system());
    private final Semaphore done = new Semaphore(0);
    private final Runnable count = this::count;
    private final Runnable release = done::release;
    private Shard shard = thread;
    /** Of the shard. */
    private long taskCount;

    /** Makes the shard. */
    @Setup
    public void makeShard() {
        shard = shardKind == Kind.THREAD ? thread : new SerialShard(new OneCarrier(thread), 0, INBOX_TASKS);
    }

    /** Ends the thread. */
    @TearDown
    public void stop() {
        thread.stop().join();
    }

    /** One of a thousand tasks that are posted one after the other; the last is waited for. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public long stream() throws InterruptedException {
        for (int i = 1; i < TASKS; i++) {
            shard.post(count);
        }
        shard.post(release);
        done.acquire();
        return taskCount;
    }

    /** One task for a shard that sleeps, and the way back to a caller that sleeps meanwhile. */
    @Benchmark
    public void roundTrip() throws InterruptedException {
        shard.post(release);
        done.acquire();
    }

    private void count() {
        taskCount++;
    }
}
