package io.daybook.broker.topic;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.metadata.TopicImage;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a request for one topic.
 *
 * @param name the topic's name; empty where only its id was given and that is not known
 * @param id the topic's id; {@link Uuid#ZERO} where only its name was given and that is not known
 * @param code {@code NONE} if it was done, or would be done if the request was more than a question
 * @param message what was wrong, for an operator to read; empty if nothing was
 * @param topic the topic afterwards, or as it was before it was deleted; empty if there is none
 */
public record TopicOutcome(String name, Uuid id, ErrorCode code, String message, Optional<TopicImage> topic) {
    static TopicOutcome done(TopicImage topic) {
        return new TopicOutcome(topic.name(), topic.id(), ErrorCode.NONE, "", Optional.of(topic));
    }

    static TopicOutcome refused(String name, ErrorCode code, String message) {
        return new TopicOutcome(name, Uuid.ZERO, code, message, Optional.empty());
    }

    static TopicOutcome refused(TopicReference reference, ErrorCode code, String message) {
        return new TopicOutcome(reference.name(), reference.id(), code, message, Optional.empty());
    }

    /** The configuration of the topic, as far as it is its own. */
    public Map<String, String> configs() {
        return topic.map(TopicImage::configs).orElse(Map.of());
    }
}
