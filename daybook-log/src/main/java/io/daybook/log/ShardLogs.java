package io.daybook.log;

import io.daybook.runtime.Shard;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The open logs of one shard; makes those that nobody uses let go of their files. Owned by the shard. */
final class ShardLogs {
    private final Shard shard;
    private final long idleMs;
    private final ShardScratch scratch = new ShardScratch();
    private final OpenLogLimit limit;
    private final Set<PartitionLog> logs = new LinkedHashSet<>();
    /** Those that may hold files, in the order in which they began to. */
    private final Set<PartitionLog> awake = new LinkedHashSet<>();

    private boolean timerRuns;

    ShardLogs(Shard shard, long idleMs, OpenLogLimit limit) {
        this.shard = shard;
        this.idleMs = idleMs;
        this.limit = limit;
    }

    ShardScratch scratch() {
        return scratch;
    }

    PartitionLog opened(PartitionLog log) {
        shard.checkOwner();
        logs.add(log);
        log.onUse(() -> woke(log));
        log.onClose(() -> closed(log));
        woke(log);
        return log;
    }

    private void closed(PartitionLog log) {
        logs.remove(log);
        if (awake.remove(log)) {
            limit.rests();
        }
    }

    /** Where too many hold files, the one that has held them for longest lets go; it takes them again when it is used. */
    private void woke(PartitionLog log) {
        if (awake.add(log)) {
            limit.wakes();
        }
        Iterator<PartitionLog> oldest = awake.iterator();
        while (limit.isExceeded() && oldest.hasNext()) {
            PartitionLog each = oldest.next();
            if (each == log) {
                break;
            }
            each.rest(0);
            oldest.remove();
            limit.rests();
        }
        startTimer();
    }

    /** The timer runs only while some log holds files. */
    private void startTimer() {
        if (!timerRuns) {
            timerRuns = true;
            shard.schedule(idleMs, this::letRest);
        }
    }

    private void letRest() {
        timerRuns = false;
        for (Iterator<PartitionLog> each = awake.iterator(); each.hasNext(); ) {
            PartitionLog log = each.next();
            log.rest(idleMs);
            if (!log.isAwake()) {
                each.remove();
                limit.rests();
            }
        }
        if (!awake.isEmpty()) {
            startTimer();
        }
    }

    CompletableFuture<Void> close() {
        shard.checkOwner();
        List<CompletableFuture<Void>> closed = new ArrayList<>();
        for (PartitionLog log : List.copyOf(logs)) {
            closed.add(log.close());
        }
        return CompletableFuture.allOf(closed.toArray(CompletableFuture[]::new));
    }
}
