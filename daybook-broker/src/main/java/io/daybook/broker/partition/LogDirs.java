package io.daybook.broker.partition;

import io.daybook.log.LogDirState;
import io.daybook.log.LogEngine;
import io.daybook.runtime.Worker;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The directories that records are kept in. For any thread; looks at them on a thread of its own, since that may block. */
public final class LogDirs {
    private final LogEngine engine;
    private final Worker worker;

    /** Looks at the directories of this engine on this worker. */
    public LogDirs(LogEngine engine, Worker worker) {
        this.engine = engine;
        this.worker = worker;
    }

    /** What they hold now. Completes on the worker. */
    public CompletableFuture<List<LogDirState>> describe() {
        CompletableFuture<List<LogDirState>> answer = new CompletableFuture<>();
        worker.execute(() -> {
            try {
                answer.complete(engine.logDirs());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
