package io.daybook.broker.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.metadata.MemoryMetadataStore;
import io.daybook.metadata.MetadataWriter;
import io.daybook.runtime.ManualShard;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Identities of producers are given once. */
class ProducerIdsTest {
    private final ManualShard shard = new ManualShard();
    private final MemoryMetadataStore store = new MemoryMetadataStore(shard, "cluster");

    @Test
    void noIdentityIsGivenTwiceNotEvenAfterARestart() {
        Set<Long> given = new HashSet<>();

        for (int restart = 0; restart < 3; restart++) {
            ProducerIds ids = new ProducerIds(shard, new MetadataWriter(shard, store));
            for (int i = 0; i < 1500; i++) {
                ids.next().thenAccept(each -> given.add(each.producerId()));
            }
            shard.runAll();
        }

        assertThat(given).hasSize(4500);
        assertThat(store.image().nextProducerId()).isGreaterThan(4500);
    }
}
