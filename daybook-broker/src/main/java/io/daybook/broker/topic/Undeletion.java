package io.daybook.broker.topic;

import io.daybook.base.ErrorCode;
import io.daybook.metadata.DeletedTopic;
import io.daybook.metadata.MetadataChange;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.MetadataWriter.Decided;
import io.daybook.metadata.TopicImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings deleted topics back. */
final class Undeletion {
    private static final int MAX_LISTED = 20;

    private Undeletion() {}

    /** The deleted topic whose id is written like this. */
    static Optional<DeletedTopic> find(MetadataImage image, String id) {
        for (DeletedTopic each : image.deletedTopics()) {
            if (each.topic().id().toString().equals(id)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Brings back a topic: by id, or by name the one that was deleted last. */
    static Decided<TopicOutcome> decide(MetadataImage image, TopicReference reference) {
        Optional<DeletedTopic> newest = Optional.empty();
        for (DeletedTopic each : image.deletedTopics()) {
            boolean meant = reference.isById()
                    ? each.topic().id().equals(reference.id())
                    : each.topic().name().equals(reference.name());
            if (meant && (newest.isEmpty() || newest.get().deletedMs() < each.deletedMs())) {
                newest = Optional.of(each);
            }
        }
        if (newest.isEmpty()) {
            return Decided.unchanged(
                    TopicOutcome.refused(reference, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, unknown(image)));
        }
        TopicImage topic = newest.get().topic();
        if (image.topic(topic.name()).isPresent()) {
            return Decided.unchanged(TopicOutcome.refused(
                    topic.name(), ErrorCode.TOPIC_ALREADY_EXISTS, "Topic '" + topic.name() + "' already exists."));
        }
        Optional<TopicImage> like = image.topicLike(topic.name());
        if (like.isPresent()) {
            return Decided.unchanged(TopicOutcome.refused(
                    topic.name(),
                    ErrorCode.INVALID_TOPIC_EXCEPTION,
                    "Topic '" + topic.name() + "' collides with existing topic: "
                            + like.get().name()));
        }
        return new Decided<>(List.of(new MetadataChange.TopicRestored(topic.id())), TopicOutcome.done(topic));
    }

    private static String unknown(MetadataImage image) {
        List<String> candidates = new ArrayList<>();
        for (DeletedTopic each : image.deletedTopics()) {
            if (candidates.size() < MAX_LISTED) {
                candidates.add(each.topic().name() + " (" + each.topic().id() + ")");
            }
        }
        return candidates.isEmpty()
                ? "No deleted topic can be brought back."
                : "No deleted topic of this name can be brought back, only: " + String.join(", ", candidates) + ".";
    }
}
