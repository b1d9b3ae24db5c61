package io.daybook.it.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.server.EmbeddedDaybook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Members share 16 partitions through joins, leaves and crashes, {@code -Ddaybook.groups.events} of them (50), chosen by
 * {@code -Ddaybook.groups.seed} (1): every record is read at least once, and no committed offset goes back.
 */
@Timeout(3_600)
final class GroupCampaignTest {
    static final String TOPIC = "campaign";

    private static final int PARTITIONS = 16;
    private static final int MAX_MEMBERS = 5;
    private static final int RECORDS_PER_EVENT = 400;
    private static final long END_TIMEOUT_MS = 120_000;

    private final Set<Integer> seen = ConcurrentHashMap.newKeySet();
    private final List<CampaignMember> members = new ArrayList<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Random random = new Random(Long.getLong("daybook.groups.seed", 1));
    private String group = "";
    private int joins;

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer", "mixed"})
    void everyRecordIsReadAndNoOffsetGoesBack(String protocol, @TempDir Path directory) throws Exception {
        group = protocol;
        int events = Integer.getInteger("daybook.groups.events", 50);
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start(options(directory));
                Admin admin = Admin.create(Map.of("bootstrap.servers", daybook.bootstrapServers()));
                KafkaProducer<byte[], Integer> producer = producer(daybook)) {
            daybook.createTopic(TOPIC, PARTITIONS);
            int produced = 0;
            for (int event = 0; event < events; event++) {
                disturb(daybook.bootstrapServers());
                for (int i = 0; i < RECORDS_PER_EVENT; i++, produced++) {
                    producer.send(new ProducerRecord<>(TOPIC, produced % PARTITIONS, null, produced));
                }
                producer.flush();
                Thread.sleep(100 + random.nextInt(400));
                checkOffsets(admin);
            }
            if (members.isEmpty()) {
                join(daybook.bootstrapServers());
            }
            awaitAll(admin, produced);
        } finally {
            for (CampaignMember member : members) {
                member.end(false);
            }
        }
    }

    /** Sessions are short, so that a crash is noticed while the campaign lasts. */
    private static EmbeddedDaybook.Options options(Path directory) {
        return EmbeddedDaybook.Options.onDisk(directory)
                .with("group.min.session.timeout.ms", "1000")
                .with("group.consumer.min.session.timeout.ms", "1000")
                .with("group.consumer.session.timeout.ms", "2000")
                .with("group.consumer.min.heartbeat.interval.ms", "100")
                .with("group.consumer.heartbeat.interval.ms", "200");
    }

    private static KafkaProducer<byte[], Integer> producer(EmbeddedDaybook daybook) {
        return new KafkaProducer<>(Map.of(
                "bootstrap.servers", daybook.bootstrapServers(),
                "key.serializer", ByteArraySerializer.class.getName(),
                "value.serializer", IntegerSerializer.class.getName()));
    }

    private void disturb(String bootstrapServers) throws InterruptedException {
        int choice = random.nextInt(4);
        if (members.size() < 2 || choice < 2 && members.size() < MAX_MEMBERS) {
            join(bootstrapServers);
        } else {
            members.remove(random.nextInt(members.size())).end(choice == 3);
        }
    }

    private void join(String bootstrapServers) {
        boolean classic = group.equals("classic") || group.equals("mixed") && joins++ % 2 == 0;
        Map<String, String> protocol = classic
                ? Map.of(
                        "group.protocol", "classic",
                        "session.timeout.ms", "2000",
                        "heartbeat.interval.ms", "200",
                        "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor")
                : Map.of("group.protocol", "consumer");
        members.add(new CampaignMember(bootstrapServers, group, protocol, seen));
    }

    private void checkOffsets(Admin admin) throws ExecutionException, InterruptedException {
        members.forEach(CampaignMember::check);
        Map<TopicPartition, OffsetAndMetadata> now = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        committed.forEach((partition, offset) -> assertThat(now.get(partition))
                .as("offset of %s", partition)
                .satisfies(current -> {
                    assertThat(current).isNotNull();
                    assertThat(current.offset()).isGreaterThanOrEqualTo(offset);
                }));
        now.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    }

    /** Everything was read, and everything that was read is committed. */
    private void awaitAll(Admin admin, int produced) throws ExecutionException, InterruptedException {
        long startNanos = System.nanoTime();
        long committedRecords = 0;
        while (seen.size() < produced || committedRecords < produced) {
            assertThat((System.nanoTime() - startNanos) / 1_000_000)
                    .as("milliseconds, with %s of %s read and %s committed", seen.size(), produced, committedRecords)
                    .isLessThan(END_TIMEOUT_MS);
            Thread.sleep(200);
            checkOffsets(admin);
            committedRecords =
                    committed.values().stream().mapToLong(Long::longValue).sum();
        }
        assertThat(seen).hasSize(produced);
    }
}
