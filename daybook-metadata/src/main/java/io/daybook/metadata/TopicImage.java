package io.daybook.metadata;

import io.daybook.base.TopicIdPartition;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A topic as it is at one version of the metadata.
 *
 * @param name what clients call it
 * @param id what it is: a topic that was deleted and created again has another one
 * @param partitionCount how many partitions, numbered from 0
 * @param createdMs when it was created, wall clock
 * @param configs its own configuration, as text; what is not in here is inherited from the broker
 */
public record TopicImage(String name, Uuid id, int partitionCount, long createdMs, Map<String, String> configs) {
    /** Checks and copies. */
    public TopicImage {
        if (partitionCount < 1) {
            throw new IllegalArgumentException("topic " + name + " with " + partitionCount + " partitions");
        }
        configs = Map.copyOf(configs);
    }

    /** Whether there is a partition of this number. */
    public boolean hasPartition(int partition) {
        return partition >= 0 && partition < partitionCount;
    }

    /** The full identity of a partition of this topic. */
    public TopicIdPartition partition(int partition) {
        return new TopicIdPartition(id, new TopicPartition(name, partition));
    }

    TopicImage withPartitionCount(int newPartitionCount) {
        return new TopicImage(name, id, newPartitionCount, createdMs, configs);
    }

    TopicImage withConfig(String key, Optional<String> value) {
        Map<String, String> changed = new HashMap<>(configs);
        value.ifPresentOrElse(text -> changed.put(key, text), () -> changed.remove(key));
        return new TopicImage(name, id, partitionCount, createdMs, changed);
    }
}
