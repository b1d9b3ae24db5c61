package io.daybook.base;

/**
 * A partition by the identity of its topic: a topic that was deleted and created again has another identity.
 *
 * @param topicId the topic's identifier
 * @param topicPartition the name and number; the name is for people, the identity is {@code topicId}
 */
public record TopicIdPartition(Uuid topicId, TopicPartition topicPartition) {
    /** The topic's name. */
    public String topic() {
        return topicPartition.topic();
    }

    /** The partition's number, from 0. */
    public int partition() {
        return topicPartition.partition();
    }

    @Override
    public String toString() {
        return topicPartition.toString();
    }
}
