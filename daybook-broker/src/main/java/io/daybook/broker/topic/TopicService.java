package io.daybook.broker.topic;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.LiveConfig;
import io.daybook.broker.topic.TopicCreation.Refusal;
import io.daybook.metadata.DeletedTopic;
import io.daybook.metadata.MetadataChange;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.MetadataWriter;
import io.daybook.metadata.MetadataWriter.Decided;
import io.daybook.metadata.TopicImage;
import io.daybook.runtime.Cancellable;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Ticker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Creates, grows, deletes and brings back topics. Every method may be called by any thread; the answers, one for each
 * topic asked for and in that order, complete on the metadata shard once what they say is durable. The topics of one
 * request are independent: one that is refused does not keep the others from being done.
 */
public final class TopicService {
    private final MetadataWriter writer;
    private final LiveConfig config;
    private final Ticker ticker;
    private final RandomSource random;

    /** Changes topics through this writer; {@code random} gives the ids and is used on the metadata shard only. */
    public TopicService(MetadataWriter writer, LiveConfig config, Ticker ticker, RandomSource random) {
        this.writer = writer;
        this.config = config;
        this.ticker = ticker;
        this.random = random;
    }

    /** What exists now, as far as it is durable. */
    public MetadataImage image() {
        return writer.image();
    }

    /**
     * Creates topics, or brings them back where {@link NewTopic#UNDELETE} says so.
     *
     * @param validateOnly whether to answer only what would happen
     */
    public CompletableFuture<List<TopicOutcome>> create(List<NewTopic> topics, boolean validateOnly) {
        Map<String, Integer> timesNamed = new HashMap<>();
        topics.forEach(topic -> timesNamed.merge(topic.name(), 1, Integer::sum));
        return decideEach(topics, validateOnly, NewTopic::name, (image, topic) -> {
            if (timesNamed.getOrDefault(topic.name(), 0) > 1) {
                return refused(topic.name(), ErrorCode.INVALID_REQUEST, "Duplicate topic name.");
            }
            return topic.configs().containsKey(NewTopic.UNDELETE) ? undelete(image, topic) : create(image, topic);
        });
    }

    /**
     * Creates those of these topics that do not exist, with the broker's defaults or, for the topics of the coordinators,
     * as these need them. The outcome for one that exists already is that topic.
     */
    public CompletableFuture<List<TopicOutcome>> ensure(List<String> names) {
        return decideEach(names, false, name -> name, (image, name) -> {
            Optional<TopicImage> existing = image.topic(name);
            return existing.isPresent()
                    ? Decided.unchanged(TopicOutcome.done(existing.get()))
                    : create(image, withOwnDefaults(name));
        });
    }

    /** Like {@link #ensure(List)} for one topic. */
    public CompletableFuture<TopicOutcome> ensure(String name) {
        return ensure(List.of(name)).thenApply(outcomes -> outcomes.get(0));
    }

    /** Gives topics more partitions. */
    public CompletableFuture<List<TopicOutcome>> addPartitions(List<MorePartitions> topics, boolean validateOnly) {
        Map<String, Integer> timesNamed = new HashMap<>();
        topics.forEach(topic -> timesNamed.merge(topic.topic(), 1, Integer::sum));
        return decideEach(topics, validateOnly, MorePartitions::topic, (image, more) -> {
            if (timesNamed.getOrDefault(more.topic(), 0) > 1) {
                return refused(more.topic(), ErrorCode.INVALID_REQUEST, "Duplicate topic name.");
            }
            return addPartitions(image, more);
        });
    }

    /** Deletes topics; each can be brought back for as long as {@code daybook.delete.retention.ms} says. */
    public CompletableFuture<List<TopicOutcome>> delete(List<TopicReference> topics) {
        Map<TopicReference, Integer> timesNamed = new HashMap<>();
        topics.forEach(topic -> timesNamed.merge(topic, 1, Integer::sum));
        return decideEach(topics, false, TopicReference::name, (image, topic) -> {
            if (timesNamed.getOrDefault(topic, 0) > 1) {
                return Decided.unchanged(TopicOutcome.refused(
                        topic,
                        ErrorCode.INVALID_REQUEST,
                        topic.isById() ? "Duplicate topic id." : "Duplicate topic name."));
            }
            return delete(image, topic);
        });
    }

    /** Brings deleted topics back: by id, or by name the one that was deleted last. */
    public CompletableFuture<List<TopicOutcome>> undelete(List<TopicReference> topics) {
        return decideEach(topics, false, TopicReference::name, Undeletion::decide);
    }

    /**
     * Frees the space of deleted topics whose time is over.
     *
     * @return how many there were
     */
    public CompletableFuture<Integer> purgeExpired() {
        return writer.submit(
                image -> {
                    long latestMs = ticker.wallMs() - config.current().get(BrokerConfigKeys.DELETE_RETENTION_MS);
                    List<MetadataChange> changes = new ArrayList<>();
                    for (DeletedTopic deleted : image.deletedTopics()) {
                        if (deleted.deletedMs() <= latestMs) {
                            changes.add(new MetadataChange.TopicPurged(
                                    deleted.topic().id()));
                        }
                    }
                    return new Decided<>(changes, changes.size());
                },
                failure -> 0);
    }

    /**
     * Begins to free, about once a minute, the space of deleted topics whose time is over. On the metadata shard.
     *
     * @return what ends it
     */
    public Cancellable startPurging(Shard shard) {
        Purge purge = new Purge(shard);
        purge.run();
        return purge::end;
    }

    private final class Purge implements Runnable {
        private static final long INTERVAL_MS = 60_000;

        private final Shard shard;
        private Cancellable next = () -> {};
        private boolean hasEnded;

        Purge(Shard shard) {
            this.shard = shard;
        }

        @Override
        public void run() {
            if (!hasEnded) {
                purgeExpired();
                next = shard.schedule(INTERVAL_MS, this);
            }
        }

        void end() {
            shard.post(() -> {
                hasEnded = true;
                next.cancel();
            });
        }
    }

    private Decided<TopicOutcome> create(MetadataImage image, NewTopic topic) {
        TopicCreation creation = new TopicCreation(image, config.current());
        Optional<Refusal> refusal = creation.refusal(topic);
        if (refusal.isPresent()) {
            return refused(topic.name(), refusal.get().code(), refusal.get().message());
        }
        List<MetadataChange> changes = new ArrayList<>();
        // The name's directories are needed: what was deleted under it cannot come back any more.
        for (DeletedTopic deleted : image.deletedTopics()) {
            if (deleted.topic().name().equals(topic.name())) {
                changes.add(new MetadataChange.TopicPurged(deleted.topic().id()));
            }
        }
        Uuid id = random.nextUuid();
        MetadataChange.TopicCreated created = new MetadataChange.TopicCreated(
                topic.name(), id, creation.partitionCount(topic), ticker.wallMs(), TopicCreation.configs(topic));
        changes.add(created);
        return new Decided<>(changes, TopicOutcome.done(created.topic()));
    }

    private NewTopic withOwnDefaults(String name) {
        BrokerConfig broker = config.current();
        int partitionCount = NewTopic.DEFAULT;
        Map<String, Optional<String>> configs = new HashMap<>();
        if (name.equals(TopicName.CONSUMER_OFFSETS)) {
            partitionCount = broker.get(BrokerConfigKeys.OFFSETS_TOPIC_NUM_PARTITIONS);
            configs.put("compression.type", Optional.of("producer"));
            configs.put("segment.bytes", text(broker.get(BrokerConfigKeys.OFFSETS_TOPIC_SEGMENT_BYTES)));
        } else if (name.equals(TopicName.TRANSACTION_STATE)) {
            partitionCount = broker.get(BrokerConfigKeys.TRANSACTION_STATE_LOG_NUM_PARTITIONS);
            configs.put("compression.type", Optional.of("uncompressed"));
            configs.put("unclean.leader.election.enable", Optional.of("false"));
            configs.put("segment.bytes", text(broker.get(BrokerConfigKeys.TRANSACTION_STATE_LOG_SEGMENT_BYTES)));
        }
        if (!configs.isEmpty()) {
            configs.put("cleanup.policy", Optional.of("compact"));
        }
        return new NewTopic(name, partitionCount, NewTopic.DEFAULT, List.of(), configs);
    }

    private static Optional<String> text(int value) {
        // The log refuses smaller segments than Kafka's own files may name for these topics.
        return Optional.of(Integer.toString(Math.max(value, 1 << 20)));
    }

    private Decided<TopicOutcome> addPartitions(MetadataImage image, MorePartitions more) {
        Optional<TopicImage> existing = image.topic(more.topic());
        if (existing.isEmpty()) {
            return refused(
                    more.topic(), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorMessages.UNKNOWN_TOPIC_OR_PARTITION);
        }
        TopicImage topic = existing.get();
        int has = topic.partitionCount();
        int wanted = more.partitionCount();
        if (wanted == has) {
            return refused(topic.name(), ErrorCode.INVALID_PARTITIONS, "Topic already has " + has + " partition(s).");
        }
        if (wanted < has) {
            return refused(
                    topic.name(),
                    ErrorCode.INVALID_PARTITIONS,
                    "The topic " + topic.name() + " currently has " + has + " partition(s); " + wanted
                            + " would not be an increase.");
        }
        TopicCreation rules = new TopicCreation(image, config.current());
        if (!more.assignments().isEmpty()) {
            if (more.assignments().size() != wanted - has) {
                return refused(
                        topic.name(),
                        ErrorCode.INVALID_REPLICA_ASSIGNMENT,
                        "Attempted to add " + (wanted - has) + " additional partition(s), but only "
                                + more.assignments().size() + " assignment(s) were specified.");
            }
            for (List<Integer> brokerIds : more.assignments()) {
                Optional<Refusal> refusal = rules.replicasRefusal(brokerIds);
                if (refusal.isPresent()) {
                    return refused(
                            topic.name(), refusal.get().code(), refusal.get().message());
                }
            }
        }
        Optional<Refusal> refusal = rules.roomRefusal(wanted - has);
        if (refusal.isPresent()) {
            return refused(topic.name(), refusal.get().code(), refusal.get().message());
        }
        return new Decided<>(
                List.of(new MetadataChange.PartitionsAdded(topic.id(), wanted)),
                TopicOutcome.done(
                        new TopicImage(topic.name(), topic.id(), wanted, topic.createdMs(), topic.configs())));
    }

    private Decided<TopicOutcome> delete(MetadataImage image, TopicReference reference) {
        BrokerConfig broker = config.current();
        Optional<TopicImage> existing = reference.find(image);
        if (existing.isEmpty()) {
            return Decided.unchanged(
                    reference.isById()
                            ? TopicOutcome.refused(
                                    reference, ErrorCode.UNKNOWN_TOPIC_ID, ErrorMessages.UNKNOWN_TOPIC_ID)
                            : TopicOutcome.refused(
                                    reference,
                                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                                    ErrorMessages.UNKNOWN_TOPIC_OR_PARTITION));
        }
        if (!broker.get(BrokerConfigKeys.DELETE_TOPIC_ENABLE)) {
            return Decided.unchanged(TopicOutcome.refused(
                    reference, ErrorCode.TOPIC_DELETION_DISABLED, ErrorMessages.TOPIC_DELETION_DISABLED));
        }
        TopicImage topic = existing.get();
        List<MetadataChange> changes = new ArrayList<>();
        changes.add(new MetadataChange.TopicDeleted(topic.id(), ticker.wallMs()));
        if (broker.get(BrokerConfigKeys.DELETE_RETENTION_MS) == 0 || TopicName.isInternal(topic.name())) {
            changes.add(new MetadataChange.TopicPurged(topic.id()));
        }
        return new Decided<>(changes, TopicOutcome.done(topic));
    }

    private static Decided<TopicOutcome> undelete(MetadataImage image, NewTopic wanted) {
        String which = wanted.configs()
                .getOrDefault(NewTopic.UNDELETE, Optional.empty())
                .orElse("");
        boolean isPlain = wanted.configs().size() == 1
                && wanted.partitionCount() == NewTopic.DEFAULT
                && wanted.replicationFactor() == NewTopic.DEFAULT
                && wanted.assignments().isEmpty();
        if (!isPlain) {
            return refused(
                    wanted.name(),
                    ErrorCode.INVALID_REQUEST,
                    NewTopic.UNDELETE + " brings a topic back as it was: leave out partitions, replicas and configs.");
        }
        if (which.equals("latest")) {
            return Undeletion.decide(image, TopicReference.named(wanted.name()));
        }
        Optional<DeletedTopic> deleted = Undeletion.find(image, which);
        if (deleted.isEmpty() || !deleted.get().topic().name().equals(wanted.name())) {
            return refused(
                    wanted.name(),
                    ErrorCode.INVALID_CONFIG,
                    "Invalid value " + which + " for configuration " + NewTopic.UNDELETE
                            + ": neither 'latest' nor the id of a deleted topic of this name");
        }
        return Undeletion.decide(
                image, TopicReference.identified(deleted.get().topic().id()));
    }

    private static Decided<TopicOutcome> refused(String name, ErrorCode code, String message) {
        return Decided.unchanged(TopicOutcome.refused(name, code, message));
    }

    private <Q> CompletableFuture<List<TopicOutcome>> decideEach(
            List<Q> requests,
            boolean validateOnly,
            Function<Q, String> nameOf,
            BiFunction<MetadataImage, Q, Decided<TopicOutcome>> decision) {
        List<Q> fixed = List.copyOf(requests);
        return writer.submit(
                image -> {
                    MetadataImage working = image;
                    List<MetadataChange> changes = new ArrayList<>();
                    List<TopicOutcome> outcomes = new ArrayList<>(fixed.size());
                    for (Q request : fixed) {
                        Decided<TopicOutcome> decided = decision.apply(working, request);
                        for (MetadataChange change : decided.changes()) {
                            working = change.applyTo(working);
                        }
                        changes.addAll(decided.changes());
                        outcomes.add(decided.answer());
                    }
                    return new Decided<>(validateOnly ? List.of() : changes, outcomes);
                },
                failure -> fixed.stream()
                        .map(request -> TopicOutcome.refused(nameOf.apply(request), failure, ErrorMessages.of(failure)))
                        .toList());
    }
}
