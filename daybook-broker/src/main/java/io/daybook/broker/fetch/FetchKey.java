package io.daybook.broker.fetch;

import io.daybook.base.Uuid;

/**
 * How a fetch names a partition.
 *
 * @param topicId the topic's identity; {@link Uuid#ZERO} if the client speaks of names
 * @param topic the topic's name; empty if the client speaks of identities
 * @param partition the partition's number
 */
public record FetchKey(Uuid topicId, String topic, int partition) {
    /** Whether the topic is named by its identity. */
    public boolean isById() {
        return topic.isEmpty();
    }

    @Override
    public int hashCode() {
        return (topic.isEmpty() ? topicId.hashCode() : topic.hashCode()) * 31 + partition;
    }
}
