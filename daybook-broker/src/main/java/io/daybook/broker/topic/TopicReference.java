package io.daybook.broker.topic;

import io.daybook.base.Uuid;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.TopicImage;
import java.util.Optional;

/**
 * A topic by its name or by its id.
 *
 * @param name the name; empty if it is meant by id
 * @param id the id; {@link Uuid#ZERO} if it is meant by name
 */
public record TopicReference(String name, Uuid id) {
    /** The topic of this name. */
    public static TopicReference named(String name) {
        return new TopicReference(name, Uuid.ZERO);
    }

    /** The topic with this id. */
    public static TopicReference identified(Uuid id) {
        return new TopicReference("", id);
    }

    /** Whether the id says which topic is meant. */
    public boolean isById() {
        return !id.equals(Uuid.ZERO);
    }

    Optional<TopicImage> find(MetadataImage image) {
        return isById() ? image.topic(id) : image.topic(name);
    }
}
