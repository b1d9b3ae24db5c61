package io.daybook.broker.partition;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Goes through the partitions of many topics without gathering them first. */
final class UsedPartitions implements Iterator<Partition> {
    private final Iterator<TopicPartitions> topics;
    private @Nullable TopicPartitions topic;
    private int number;
    private @Nullable Partition next;

    UsedPartitions(Iterator<TopicPartitions> topics) {
        this.topics = topics;
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            TopicPartitions current = topic;
            if (current != null && number < current.size()) {
                next = current.get(number++);
            } else if (topics.hasNext()) {
                topic = topics.next();
                number = 0;
            } else {
                return false;
            }
        }
        return true;
    }

    @Override
    public Partition next() {
        Partition found = hasNext() ? next : null;
        next = null;
        if (found == null) {
            throw new NoSuchElementException("no further partition");
        }
        return found;
    }
}
