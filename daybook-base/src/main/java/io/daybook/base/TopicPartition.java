package io.daybook.base;

/**
 * A partition by the name of its topic.
 *
 * @param topic the topic's name
 * @param partition the partition's number, from 0
 */
public record TopicPartition(String topic, int partition) implements Comparable<TopicPartition> {
    @Override
    public int compareTo(TopicPartition other) {
        int byTopic = topic.compareTo(other.topic);
        return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
    }

    /** The form that Kafka uses for people and for directories: {@code topic-partition}. */
    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
