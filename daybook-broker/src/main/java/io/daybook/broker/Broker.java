package io.daybook.broker;

import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.fetch.Fetches;
import io.daybook.broker.partition.Partitions;
import io.daybook.broker.partition.StorageConfigs;
import java.util.concurrent.CompletableFuture;

/** The services of one broker, composed from what they stand on. For any thread. */
public final class Broker {
    private final Partitions partitions;
    private final Fetches fetches;

    /** On the metadata shard, or before anything is committed. Nothing runs before {@link #start()}. */
    public Broker(BrokerSeams seams) {
        this.partitions =
                new Partitions(seams.shards(), seams.engine(), seams.metadata(), new StorageConfigs(seams.config()));
    }

    /** The partitions that this broker leads. */
    public Partitions partitions() {
        return partitions;
    }

    /** Reads of clients. */
    public Fetches fetches() {
        return fetches;
    }

    /** Begins what runs in the background. Completes when requests may come. */
    public CompletableFuture<Void> start() {
        return CompletableFuture.completedFuture(null);
    }

    /** Ends what runs and refuses what comes. Completes when all logs are closed; the engine and store may then be. */
    public CompletableFuture<Void> close() {
        return partitions.close();
    }
}
