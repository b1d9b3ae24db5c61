package io.daybook.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A broker that runs and is measured.
 *
 * @param contestant which of the two
 * @param broker its process
 * @param clients connected to it
 * @param volume how much is done
 * @param figures where the results go
 * @param reserve memory for what the loads write
 */
record Subject(
        Contestant contestant, BrokerProcess broker, Clients clients, Volume volume, Figures figures, Reserve reserve) {
    static final int PARTITIONS = 16;
    static final double BYTES_PER_GB = 1e9;
    static final double BYTES_PER_MB = 1e6;
    static final double NANOS_PER_SECOND = 1e9;
    private static final long SETTLE_TIMEOUT_S = 120;

    /** The settings of a topic that is not synced before the answer. It is Kafka's default. */
    Map<String, String> unsynced() {
        return contestant == Contestant.DAYBOOK ? Map.of("daybook.durability", "os") : Map.of();
    }

    /** The settings of a topic of which each batch is synced before the answer. It is Daybook's default. */
    Map<String, String> synced() {
        return contestant == Contestant.DAYBOOK ? Map.of() : Map.of("flush.messages", "1");
    }

    /** A load for a new topic. */
    Production production(String topic, int partitions, int batchBytes) {
        return new Production(topic, partitions, batchBytes, reserve::release);
    }

    /**
     * Reads back what a load has produced, and checks it: all of it, or one partition where that would take longer than
     * the load.
     */
    void readBack(String topic, long[] counts) throws InterruptedException, ExecutionException {
        clients.checkEnds(topic, counts);
        long records = 0;
        for (long count : counts) {
            records += count;
        }
        Consumption once = new Consumption(topic, 1, 1);
        if (records * Payload.BYTES <= volume.readBackBytes()) {
            once.run(clients, counts);
        } else {
            once.run(clients, counts, List.of((int) (records % counts.length)));
        }
    }

    /** Nothing that went before is still being written to the drive. */
    static void settle() throws IOException, InterruptedException {
        Process sync = new ProcessBuilder("sync").start();
        if (!sync.waitFor(SETTLE_TIMEOUT_S, TimeUnit.SECONDS)) {
            sync.destroyForcibly();
            throw new IOException("sync takes longer than " + SETTLE_TIMEOUT_S + " s");
        }
    }
}
