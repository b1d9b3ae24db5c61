package io.daybook.metadata;

import io.daybook.metadata.MetadataChange.ClusterNamed;
import io.daybook.metadata.MetadataChange.ConfigSet;
import io.daybook.metadata.MetadataChange.FeatureLevelSet;
import io.daybook.metadata.MetadataChange.LeaderEpochRaised;
import io.daybook.metadata.MetadataChange.ProducerIdsAllocated;
import io.daybook.metadata.MetadataChange.TopicCreated;
import io.daybook.metadata.MetadataChange.TopicDeleted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shortest history that leads from nothing to an image. */
final class SnapshotChanges {
    private SnapshotChanges() {}

    static List<MetadataChange> of(MetadataImage image) {
        List<MetadataChange> changes = new ArrayList<>(image.topicCount() + 16);
        changes.add(new ClusterNamed(image.clusterId()));
        image.featureLevels().forEach((feature, level) -> changes.add(new FeatureLevelSet(feature, level)));
        changes.add(new LeaderEpochRaised(image.leaderEpoch()));
        changes.add(new ProducerIdsAllocated(image.nextProducerId()));
        for (ConfigResource resource : image.configuredResources()) {
            image.configs(resource)
                    .forEach((key, value) -> changes.add(new ConfigSet(resource, key, Optional.of(value))));
        }
        // Deleted topics first: their names may be in use again.
        for (DeletedTopic deleted : image.deletedTopics()) {
            changes.add(created(deleted.topic()));
            changes.add(new TopicDeleted(deleted.topic().id(), deleted.deletedMs()));
        }
        for (TopicImage topic : image.topics()) {
            changes.add(created(topic));
        }
        return changes;
    }

    private static TopicCreated created(TopicImage topic) {
        return new TopicCreated(topic.name(), topic.id(), topic.partitionCount(), topic.createdMs(), topic.configs());
    }
}
