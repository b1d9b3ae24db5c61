package io.daybook.log;

import io.daybook.log.local.LocalSegmentEngine;
import io.daybook.log.segment.SegmentEngine;
import io.daybook.log.segment.SegmentEngineContract;
import io.daybook.runtime.ManualWorker;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class LocalSegmentEngineTest extends SegmentEngineContract {
    private final FaultyDisk disk = new FaultyDisk();
    private final List<ManualWorker> workers = new ArrayList<>();

    @Override
    protected SegmentEngine start() {
        LogSeams seams = new LogSeams(disk, shard.ticker(), RandomSource.seeded(5), this::worker);
        CompletableFuture<LocalSegmentEngine> started =
                LocalSegmentEngine.start(LogEngineConfig.of(List.of(Path.of("/data")), "contract", 1), seams);
        while (step()) {
            shard.runAll();
        }
        return started.join();
    }

    private Worker worker(String name) {
        ManualWorker worker = new ManualWorker();
        workers.add(worker);
        return worker;
    }

    @Override
    protected boolean step() {
        for (ManualWorker worker : workers) {
            if (worker.runNext()) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected void breakDrive() {
        disk.syncFails = true;
    }

    @Override
    protected void crash() {
        workers.clear();
        shard.runAll();
    }
}
