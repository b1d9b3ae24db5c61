package io.daybook.metadata;

import io.daybook.base.Uuid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A history by chance: commits that are possible one after the other, of every kind of change. */
final class History {
    private final Random random;
    private final List<List<MetadataChange>> commits = new ArrayList<>();
    private final List<MetadataImage> images = new ArrayList<>();

    private History(long seed, MetadataImage begin) {
        this.random = new Random(seed);
        images.add(begin);
    }

    static History of(long seed, int commitCount, MetadataImage begin) {
        History history = new History(seed, begin);
        for (int i = 0; i < commitCount; i++) {
            history.grow();
        }
        return history;
    }

    List<List<MetadataChange>> commits() {
        return commits;
    }

    /** The image after that many commits. */
    MetadataImage after(int commitCount) {
        return images.get(commitCount);
    }

    private void grow() {
        MetadataImage image = images.get(images.size() - 1);
        List<MetadataChange> changes = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            MetadataChange change = next(image);
            image = change.applyTo(image);
            changes.add(change);
        }
        commits.add(changes);
        images.add(image);
    }

    private MetadataChange next(MetadataImage image) {
        List<TopicImage> topics = new ArrayList<>();
        image.topics().forEach(topics::add);
        List<DeletedTopic> deleted = new ArrayList<>();
        image.deletedTopics().forEach(deleted::add);
        Set<String> free = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            free.add((i % 3 == 0 ? "topic_" : "topic-") + i);
        }
        topics.forEach(topic -> free.remove(topic.name()));
        int kind = random.nextInt(10);
        if (kind == 0 && !topics.isEmpty()) {
            TopicImage topic = topics.get(random.nextInt(topics.size()));
            return new MetadataChange.PartitionsAdded(topic.id(), topic.partitionCount() + 1 + random.nextInt(3));
        }
        if (kind == 1 && !topics.isEmpty()) {
            return new MetadataChange.TopicDeleted(
                    topics.get(random.nextInt(topics.size())).id(), random.nextInt(1000));
        }
        if (kind == 2 && !deleted.isEmpty()) {
            TopicImage topic = deleted.get(random.nextInt(deleted.size())).topic();
            return free.contains(topic.name())
                    ? new MetadataChange.TopicRestored(topic.id())
                    : new MetadataChange.TopicPurged(topic.id());
        }
        if (kind == 3 && !topics.isEmpty()) {
            return config(ConfigResource.topic(
                    topics.get(random.nextInt(topics.size())).name()));
        }
        if (kind == 4) {
            return config(
                    random.nextBoolean() ? ConfigResource.ALL_BROKERS : ConfigResource.group("g" + random.nextInt(3)));
        }
        if (kind == 5) {
            return new MetadataChange.ProducerIdsAllocated(image.nextProducerId() + 1000);
        }
        if (kind == 6) {
            return new MetadataChange.LeaderEpochRaised(image.leaderEpoch() + 1);
        }
        if (kind == 7) {
            return new MetadataChange.FeatureLevelSet("feature-" + random.nextInt(3), (short) random.nextInt(3));
        }
        if (free.isEmpty()) {
            return new MetadataChange.ProducerIdsAllocated(image.nextProducerId() + 1);
        }
        String name = free.stream()
                .sorted()
                .skip(random.nextInt(free.size()))
                .findFirst()
                .orElseThrow();
        Uuid id = new Uuid(random.nextLong() | 1, random.nextLong());
        return new MetadataChange.TopicCreated(
                name, id, 1 + random.nextInt(5), random.nextInt(1000), Map.of("retention.ms", "" + random.nextInt(9)));
    }

    private MetadataChange config(ConfigResource resource) {
        Optional<String> value = random.nextInt(3) == 0 ? Optional.empty() : Optional.of("v" + random.nextInt(100));
        return new MetadataChange.ConfigSet(resource, "key-" + random.nextInt(4), value);
    }

    /** Everything that an image says, in a form that can be compared. */
    static String text(MetadataImage image) {
        StringBuilder text = new StringBuilder();
        text.append(image.version()).append(' ').append(image.clusterId()).append('\n');
        image.topics().forEach(topic -> text.append(topic.name())
                .append(topic.id())
                .append(topic.partitionCount())
                .append(topic.createdMs())
                .append(new java.util.TreeMap<>(topic.configs()))
                .append(image.topic(topic.id()).isPresent())
                .append(image.topicLike(topic.name()).isPresent())
                .append('\n'));
        image.deletedTopics().forEach(deleted -> text.append("deleted ")
                .append(deleted.topic().name())
                .append(deleted.topic().id())
                .append(new java.util.TreeMap<>(deleted.topic().configs()))
                .append(deleted.deletedMs())
                .append('\n'));
        image.configuredResources().forEach(resource -> text.append(resource)
                .append(new java.util.TreeMap<>(image.configs(resource)))
                .append('\n'));
        text.append(new java.util.TreeMap<>(image.featureLevels()))
                .append(image.leaderEpoch())
                .append(' ')
                .append(image.nextProducerId())
                .append(' ')
                .append(image.partitionCount())
                .append(' ')
                .append(image.topicCount());
        return text.toString();
    }
}
