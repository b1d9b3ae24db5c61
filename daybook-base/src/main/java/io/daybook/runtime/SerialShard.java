package io.daybook.runtime;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shard without a thread of its own: whoever brings it work while it has none lends it a turn, in which it does a
 * bounded part of what is in its inbox. A carrier that brings work takes the turn itself, so that nobody is woken for it;
 * work of other threads (a flusher, a reader of cold data) goes to the carrier that had the last turn, since that is where
 * those wait who asked for it.
 *
 * <p>Turns of one shard never overlap, and each sees what the one before it wrote. Turns of two shards on one carrier never
 * nest: what one shard has for another goes through the inbox.
 */
public final class SerialShard implements Shard {
    private static final Logger log = LoggerFactory.getLogger(SerialShard.class);

    /** Then others on the same carrier have their turn: its connections and its other shards. */
    private static final int MAX_TASKS_PER_TURN = 16;

    private final Carriers carriers;
    private final int home;
    private final int inboxTasks;
    private final Runnable turn = this::takeTurn;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    /** Counts a task from behind its entry into the inbox to the end of its turn. Who raises it from 0 calls for a turn. */
    private final AtomicInteger unfinished = new AtomicInteger();
    /** Not volatile: a thread asks only whether it is itself the owner, and what it wrote here itself it sees. */
    private @Nullable Thread owner;

    private volatile int lastCarrier;
    private volatile boolean hasStopped;

    /**
     * A shard that is asleep.
     *
     * @param home the carrier whose turn it is while there was none yet, and that takes work which is worth a wake-up
     * @param inboxTasks with so many tasks in the inbox, offers are refused
     */
    public SerialShard(Carriers carriers, int home, int inboxTasks) {
        this.carriers = carriers;
        this.home = home;
        this.inboxTasks = inboxTasks;
        this.lastCarrier = home;
    }

    @Override
    public void checkOwner() {
        if (!isOwner()) {
            throw new IllegalStateException(
                    "called by " + Thread.currentThread().getName() + ", which does not have the shard's turn");
        }
    }

    @Override
    public boolean isOwner() {
        return owner == Thread.currentThread();
    }

    @Override
    public boolean offer(Runnable task) {
        return unfinished.get() < inboxTasks && enqueue(task, nearest());
    }

    @Override
    public boolean offerApart(Runnable task) {
        return unfinished.get() < inboxTasks && enqueue(task, home);
    }

    @Override
    public void post(Runnable task) {
        if (!enqueue(task, nearest())) {
            log.debug("task dropped, the shard has stopped");
        }
    }

    @Override
    public Cancellable schedule(long delayMs, Runnable task) {
        Timer timer = new Timer(task);
        timer.alarm = carriers.schedule(nearest(), delayMs, timer);
        return timer;
    }

    private int nearest() {
        int current = carriers.current();
        return current == Carriers.NONE ? lastCarrier : current;
    }

    private boolean enqueue(Runnable task, int carrier) {
        if (hasStopped) {
            return false;
        }
        inbox.add(task);
        return unfinished.getAndIncrement() != 0 || callTurn(carrier);
    }

    /** Only ever called by the one who may: nobody has the turn, and nobody else can come to have it. */
    private boolean callTurn(int preferred) {
        for (int i = 0; i < carriers.count(); i++) {
            if (carriers.execute((preferred + i) % carriers.count(), turn)) {
                return true;
            }
        }
        hasStopped = true;
        inbox.clear();
        return false;
    }

    /** What comes meanwhile is done too, up to the bound: a reader that a task has woken is answered in the same turn. */
    private void takeTurn() {
        int carrier = carriers.current();
        if (carrier != lastCarrier) {
            lastCarrier = carrier;
        }
        int tasks = 0;
        owner = Thread.currentThread();
        do {
            runSafely(Objects.requireNonNull(inbox.poll(), "fewer tasks than were counted"));
            tasks++;
        } while (tasks < MAX_TASKS_PER_TURN && unfinished.get() > tasks);
        owner = null;
        if (unfinished.addAndGet(-tasks) != 0) {
            callTurn(carrier);
        }
    }

    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // an error too: the shard goes on with its next task, whatever became of this one
            log.atError().setCause(e).log("a task failed; what waits for it may wait until its time-out");
        }
    }

    /** Runs twice: on the carrier, where it asks for the turn, and in the turn, where it has not been cancelled. */
    private final class Timer implements Cancellable, Runnable {
        private final Runnable task;
        private Cancellable alarm = () -> {};
        private volatile boolean isCancelled;

        Timer(Runnable task) {
            this.task = task;
        }

        @Override
        public void cancel() {
            isCancelled = true;
            alarm.cancel();
        }

        @Override
        public void run() {
            if (isCancelled) {
                return;
            }
            if (isOwner()) {
                task.run();
            } else {
                post(this);
            }
        }
    }
}
