package io.daybook.metadata;

import io.daybook.base.Uuid;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Everything the metadata says, at one version. Immutable, for any thread; images share what did not change between
 * them, so that an image costs little even with a hundred thousand partitions.
 */
public final class MetadataImage {
    /** Before the first change. */
    public static final MetadataImage EMPTY = new MetadataImage();

    private long version;
    private String clusterId = "";
    private SortedTree<String, TopicImage> topicsByName = SortedTree.empty();
    private SortedTree<String, TopicImage> topicsByUnifiedName = SortedTree.empty();
    private SortedTree<Uuid, TopicImage> topicsById = SortedTree.empty();
    private SortedTree<Uuid, DeletedTopic> deletedTopics = SortedTree.empty();
    private SortedTree<ConfigResource, Map<String, String>> configs = SortedTree.empty();
    private Map<String, Short> featureLevels = Map.of();
    private int partitionCount;
    private int leaderEpoch;
    private long nextProducerId;

    private MetadataImage() {}

    /** How many changes led here; the first image is version 0. */
    public long version() {
        return version;
    }

    /** The cluster's name; empty before it was given one. */
    public String clusterId() {
        return clusterId;
    }

    /** A topic that clients see, by its name. */
    public Optional<TopicImage> topic(String name) {
        return topicsByName.get(name);
    }

    /** A topic that clients see, by its identity. */
    public Optional<TopicImage> topic(Uuid id) {
        return topicsById.get(id);
    }

    /**
     * A topic whose name differs from this one at most in having {@code .} for {@code _} or the other way round. There is
     * never more than one: names of metrics cannot tell them apart.
     */
    public Optional<TopicImage> topicLike(String name) {
        return topicsByUnifiedName.get(unified(name));
    }

    /** All topics that clients see, in the order of their names. */
    public Iterable<TopicImage> topics() {
        return topicsByName;
    }

    /** The topics whose names are not less than {@code firstName}, in the order of their names. */
    public Iterable<TopicImage> topicsFrom(String firstName) {
        return topicsByName.from(firstName);
    }

    /** How many topics clients see. */
    public int topicCount() {
        return topicsByName.size();
    }

    /** How many partitions these have together. */
    public int partitionCount() {
        return partitionCount;
    }

    /** The topics whose deletion can still be undone. */
    public Iterable<DeletedTopic> deletedTopics() {
        return deletedTopics;
    }

    /** A topic whose deletion can still be undone. */
    public Optional<DeletedTopic> deletedTopic(Uuid id) {
        return deletedTopics.get(id);
    }

    /** What was configured for a resource; a topic that does not exist has nothing configured. */
    public Map<String, String> configs(ConfigResource resource) {
        if (resource.type() == ConfigResource.Type.TOPIC) {
            return topic(resource.name()).map(TopicImage::configs).orElse(Map.of());
        }
        return configs.get(resource).orElse(Map.of());
    }

    /** The resources other than topics that have a configuration. */
    public Iterable<ConfigResource> configuredResources() {
        return configs.keys();
    }

    /** The levels of features that differ from 0. */
    public Map<String, Short> featureLevels() {
        return featureLevels;
    }

    /** The epoch under which every partition is led now. */
    public int leaderEpoch() {
        return leaderEpoch;
    }

    /** The first producer id that was not handed out. */
    public long nextProducerId() {
        return nextProducerId;
    }

    MetadataImage withClusterId(String newClusterId) {
        MetadataImage next = next();
        next.clusterId = newClusterId;
        return next;
    }

    MetadataImage withFeatureLevel(String feature, short level) {
        MetadataImage next = next();
        Map<String, Short> levels = new HashMap<>(featureLevels);
        levels.put(feature, level);
        levels.values().removeIf(each -> each == 0);
        next.featureLevels = Map.copyOf(levels);
        return next;
    }

    MetadataImage withTopic(TopicImage topic) {
        check(topic(topic.name()).isEmpty(), "topic " + topic.name() + " exists");
        check(topic(topic.id()).isEmpty() && deletedTopic(topic.id()).isEmpty(), "topic id " + topic.id() + " exists");
        MetadataImage next = next();
        next.put(topic);
        return next;
    }

    MetadataImage replaceTopic(Uuid id, UnaryOperator<TopicImage> change) {
        TopicImage before = existing(id);
        TopicImage after = change.apply(before);
        check(after.partitionCount() >= before.partitionCount(), "topic " + before.name() + " would lose partitions");
        MetadataImage next = next();
        next.remove(before);
        next.put(after);
        return next;
    }

    MetadataImage withDeleted(Uuid id, long deletedMs) {
        TopicImage topic = existing(id);
        MetadataImage next = next();
        next.remove(topic);
        next.deletedTopics = deletedTopics.with(id, new DeletedTopic(topic, deletedMs));
        return next;
    }

    MetadataImage withRestored(Uuid id) {
        TopicImage topic = deletedTopic(id)
                .orElseThrow(() -> new IllegalStateException("topic id " + id + " is not a deleted topic"))
                .topic();
        check(topic(topic.name()).isEmpty(), "topic " + topic.name() + " exists");
        MetadataImage next = next();
        next.deletedTopics = deletedTopics.without(id);
        next.put(topic);
        return next;
    }

    MetadataImage withPurged(Uuid id) {
        check(deletedTopic(id).isPresent(), "topic id " + id + " is not a deleted topic");
        MetadataImage next = next();
        next.deletedTopics = deletedTopics.without(id);
        return next;
    }

    MetadataImage withConfig(ConfigResource resource, String key, Optional<String> value) {
        if (resource.type() == ConfigResource.Type.TOPIC) {
            TopicImage topic = topic(resource.name())
                    .orElseThrow(() -> new IllegalStateException("topic " + resource.name() + " does not exist"));
            return replaceTopic(topic.id(), each -> each.withConfig(key, value));
        }
        Map<String, String> changed = new HashMap<>(configs(resource));
        value.ifPresentOrElse(text -> changed.put(key, text), () -> changed.remove(key));
        MetadataImage next = next();
        next.configs = changed.isEmpty() ? configs.without(resource) : configs.with(resource, Map.copyOf(changed));
        return next;
    }

    MetadataImage withNextProducerId(long newNextProducerId) {
        check(newNextProducerId >= nextProducerId, "producer ids would go back to " + newNextProducerId);
        MetadataImage next = next();
        next.nextProducerId = newNextProducerId;
        return next;
    }

    MetadataImage withLeaderEpoch(int newLeaderEpoch) {
        check(newLeaderEpoch >= leaderEpoch, "the leader epoch would go back to " + newLeaderEpoch);
        MetadataImage next = next();
        next.leaderEpoch = newLeaderEpoch;
        return next;
    }

    /** The same content under another version: a snapshot is fewer changes than its history was. */
    MetadataImage withVersion(long newVersion) {
        MetadataImage next = next();
        next.version = newVersion;
        return next;
    }

    private MetadataImage next() {
        MetadataImage next = new MetadataImage();
        next.version = version + 1;
        next.clusterId = clusterId;
        next.topicsByName = topicsByName;
        next.topicsByUnifiedName = topicsByUnifiedName;
        next.topicsById = topicsById;
        next.deletedTopics = deletedTopics;
        next.configs = configs;
        next.featureLevels = featureLevels;
        next.partitionCount = partitionCount;
        next.leaderEpoch = leaderEpoch;
        next.nextProducerId = nextProducerId;
        return next;
    }

    private void put(TopicImage topic) {
        topicsByName = topicsByName.with(topic.name(), topic);
        topicsById = topicsById.with(topic.id(), topic);
        if (hasDotOrUnderscore(topic.name())) {
            topicsByUnifiedName = topicsByUnifiedName.with(unified(topic.name()), topic);
        }
        partitionCount += topic.partitionCount();
    }

    private void remove(TopicImage topic) {
        topicsByName = topicsByName.without(topic.name());
        topicsById = topicsById.without(topic.id());
        if (hasDotOrUnderscore(topic.name())) {
            topicsByUnifiedName = topicsByUnifiedName.without(unified(topic.name()));
        }
        partitionCount -= topic.partitionCount();
    }

    private static boolean hasDotOrUnderscore(String name) {
        return name.indexOf('.') >= 0 || name.indexOf('_') >= 0;
    }

    private static String unified(String name) {
        return name.replace('.', '_');
    }

    private TopicImage existing(Uuid id) {
        return topic(id).orElseThrow(() -> new IllegalStateException("topic id " + id + " does not exist"));
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("the change contradicts the metadata: " + otherwise);
        }
    }
}
