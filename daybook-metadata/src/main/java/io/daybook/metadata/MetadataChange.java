package io.daybook.metadata;

import io.daybook.base.Uuid;
import java.util.Map;
import java.util.Optional;

/** One step from an image to the next. What is durable is a sequence of these. */
public sealed interface MetadataChange {
    /** What {@code image} becomes by this step; its version grows by one. */
    MetadataImage applyTo(MetadataImage image);

    /** The cluster has a name from now on. Always the first change of all. */
    record ClusterNamed(String clusterId) implements MetadataChange {
        @Override
        public MetadataImage applyTo(MetadataImage image) {
            return image.withClusterId(clusterId);
        }
    }

    /** The level of a feature changed; level 0 removes it. */
    record FeatureLevelSet(String feature, short level) implements MetadataChange {
        @Override
        public MetadataImage applyTo(MetadataImage image) {
            return image.withFeatureLevel(feature, level);
        }
    }

    /** A topic begins. A topic of that name must not exist. */
    record TopicCreated(String name, Uuid id, int partitionCount, long createdMs, Map<String, String> configs)
            implements MetadataChange {
        /** Copies. */
        public TopicCreated {
            configs = Map.copyOf(configs);
        }

        /** The topic as it begins. */
        public TopicImage topic() {
            return new TopicImage(name, id, partitionCount, createdMs, configs);
        }

        @Override
        public MetadataImage applyTo(MetadataImage image) {
            return image.withTopic(topic());
        }
    }

    /** A topic has more partitions than before. */
    record PartitionsAdded(Uuid topicId, int newPartitionCount) implements MetadataChange {
        @Override
        public MetadataImage applyTo(MetadataImage image) {
            return image.replaceTopic(topicId, topic -> topic.withPartitionCount(newPartitionCount));
        }
    }

    /** A topic is no longer seen by clients. Its records stay until it is purged. */
    record TopicDeleted(Uuid topicId, long deletedMs) implements MetadataChange {
        @Override
        public MetadataImage applyTo(MetadataImage image) {
            return image.withDeleted(topicId, deletedMs);
        }
    }

    /** The deletion of a topic was undone. */
    record TopicRestored(Uuid topicId) implements MetadataChange {
        @Override
        public MetadataImage applyTo(MetadataImage image) {
            return image.withRestored(topicId);
        }
    }

    /** A deleted topic is gone for good, and its records with it. */
    record TopicPurged(Uuid topicId) implements MetadataChange {
        @Override
        public MetadataImage applyTo(MetadataImage image) {
            return image.withPurged(topicId);
        }
    }

    /** One entry of a configuration was set, or removed if there is no value. */
    record ConfigSet(ConfigResource resource, String key, Optional<String> value) implements MetadataChange {
        @Override
        public MetadataImage applyTo(MetadataImage image) {
            return image.withConfig(resource, key, value);
        }
    }

    /** Producer ids below this one were handed out to a broker and are not given again. */
    record ProducerIdsAllocated(long nextProducerId) implements MetadataChange {
        @Override
        public MetadataImage applyTo(MetadataImage image) {
            return image.withNextProducerId(nextProducerId);
        }
    }

    /** Every partition is led anew, under this epoch: a broker that may have lost unsynced records came back. */
    record LeaderEpochRaised(int leaderEpoch) implements MetadataChange {
        @Override
        public MetadataImage applyTo(MetadataImage image) {
            return image.withLeaderEpoch(leaderEpoch);
        }
    }
}
