package io.daybook.broker;

import io.daybook.broker.config.LiveConfig;
import io.daybook.log.LogEngine;
import io.daybook.metadata.MetadataStore;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Ticker;
import io.daybook.runtime.Worker;
import java.util.List;

/**
 * What a broker stands on.
 *
 * @param shards who own partitions and coordinators; in production the event loops of the network
 * @param metadataShard who owns the metadata
 * @param ticker where time comes from
 * @param random where chance comes from
 * @param metadata what exists
 * @param engine where records are kept
 * @param worker for the little that blocks and does not belong to a drive
 * @param config the broker's configuration; follows {@code metadata}
 */
public record BrokerSeams(
        List<Shard> shards,
        Shard metadataShard,
        Ticker ticker,
        RandomSource random,
        MetadataStore metadata,
        LogEngine engine,
        Worker worker,
        LiveConfig config) {
    /** Copies the list. */
    public BrokerSeams {
        shards = List.copyOf(shards);
        if (shards.isEmpty()) {
            throw new IllegalArgumentException("a broker needs at least one shard");
        }
    }
}
