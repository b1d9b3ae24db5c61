package io.daybook.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a whole topic and holds it against what its {@link Writers} were told. */
final class Verdict {
    private final String bootstrapServers;
    private final String topic;

    Verdict(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
    }

    /**
     * Checks one partition: its numbers go up by one from 0 (nothing lost in between, nothing twice, nothing out of order),
     * its offsets are dense, and each acknowledged number stands at the offset that was acknowledged.
     */
    void check(int partition, Map<Long, Long> acknowledged) {
        List<Long> numbers = read(partition);
        for (int offset = 0; offset < numbers.size(); offset++) {
            assertThat(numbers.get(offset))
                    .as(
                            "the record at offset %d of partition %d, which was acknowledged at %s",
                            offset, partition, acknowledged.get((long) offset))
                    .isEqualTo((long) offset);
        }
        acknowledged.forEach((number, offset) -> {
            assertThat(offset).as("acknowledged offset of record %d", number).isEqualTo(number);
            assertThat(number)
                    .as("record %d of partition %d was acknowledged", number, partition)
                    .isLessThan(numbers.size());
        });
    }

    private List<Long> read(int partition) {
        TopicPartition topicPartition = new TopicPartition(topic, partition);
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false);
        List<Long> numbers = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(topicPartition));
            consumer.seekToBeginning(List.of(topicPartition));
            long end = consumer.endOffsets(List.of(topicPartition)).get(topicPartition);
            while (consumer.position(topicPartition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(10))) {
                    String[] parts = new String(record.value(), StandardCharsets.US_ASCII).split(":", -1);
                    assertThat(Integer.parseInt(parts[0])).isEqualTo(partition);
                    assertThat(record.offset()).as("offsets are dense").isEqualTo(numbers.size());
                    assertThat(parts[2])
                            .as("the content of record %s", parts[1])
                            .hasSize((int) (Long.parseLong(parts[1]) % 300));
                    numbers.add(Long.parseLong(parts[1]));
                }
            }
        }
        return numbers;
    }
}
