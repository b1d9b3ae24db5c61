package io.daybook.broker.partition;

import io.daybook.log.LogConfig;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The partitions of one topic that were used so far, by their number. Changed only under the map entry that holds it. */
final class TopicPartitions {
    /** Stands for a topic that is ending. */
    static final TopicPartitions ENDED = new TopicPartitions(0, LogConfig.DEFAULTS);

    private final AtomicReferenceArray<@Nullable Partition> byNumber;
    private volatile LogConfig config;

    TopicPartitions(int partitionCount, LogConfig config) {
        this.byNumber = new AtomicReferenceArray<>(partitionCount);
        this.config = config;
    }

    /** The same with room for more. */
    TopicPartitions grownTo(int partitionCount) {
        TopicPartitions grown = new TopicPartitions(partitionCount, config);
        for (int i = 0; i < byNumber.length(); i++) {
            grown.byNumber.set(i, byNumber.get(i));
        }
        return grown;
    }

    int size() {
        return byNumber.length();
    }

    @Nullable
    Partition get(int partition) {
        return partition >= 0 && partition < byNumber.length() ? byNumber.get(partition) : null;
    }

    void set(int partition, Partition used) {
        byNumber.set(partition, used);
    }

    LogConfig config() {
        return config;
    }

    void configure(LogConfig changed) {
        config = changed;
    }

    void forEach(Consumer<Partition> action) {
        for (int i = 0; i < byNumber.length(); i++) {
            Partition each = byNumber.get(i);
            if (each != null) {
                action.accept(each);
            }
        }
    }
}
