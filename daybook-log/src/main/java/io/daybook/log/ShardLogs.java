package io.daybook.log;

import io.daybook.runtime.Shard;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The open logs of one shard; makes those that nobody uses let go of their files. Owned by the shard. */
final class ShardLogs {
    private final Shard shard;
    private final long idleMs;
    private final ShardScratch scratch = new ShardScratch();
    private final Set<PartitionLog> logs = new LinkedHashSet<>();
    private boolean timerRuns;

    ShardLogs(Shard shard, long idleMs) {
        this.shard = shard;
        this.idleMs = idleMs;
    }

    ShardScratch scratch() {
        return scratch;
    }

    PartitionLog opened(PartitionLog log) {
        shard.checkOwner();
        logs.add(log);
        log.onUse(this::startTimer);
        log.onClose(() -> logs.remove(log));
        startTimer();
        return log;
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
        boolean someInUse = false;
        for (PartitionLog log : logs) {
            if (log.isAwake()) {
                log.rest(idleMs);
                someInUse |= log.isAwake();
            }
        }
        if (someInUse) {
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
