package io.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDaybookTest {
    /** A closed event loop has said that it is done before its thread has ended. */
    private static final long LAST_STEPS_MS = 2_000;

    @TempDir
    private Path directory;

    @Test
    void severalBrokersInOneProcessKnowNothingOfEachOther() throws Exception {
        try (EmbeddedDaybook one = EmbeddedDaybook.start();
                EmbeddedDaybook other = EmbeddedDaybook.start()) {
            one.createTopic("mine", 3);

            assertThat(topics(one)).containsExactly("mine");
            assertThat(topics(other)).isEmpty();
            assertThat(clusterId(one)).isNotEqualTo(clusterId(other));
        }
    }

    @Test
    void dataOnDiskIsThereAgain() throws Exception {
        EmbeddedDaybook.Options options = EmbeddedDaybook.Options.onDisk(directory);
        try (EmbeddedDaybook first = EmbeddedDaybook.start(options)) {
            first.createTopic("kept", 1, Map.of("retention.ms", "-1"));
            write(first, "kept", "a", "b", "c");
        }

        try (EmbeddedDaybook second = EmbeddedDaybook.start(options)) {
            assertThat(read(second, "kept", 3)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void itClosesInMillisecondsEvenWhileConsumersWait() throws Exception {
        EmbeddedDaybook daybook = EmbeddedDaybook.start();
        daybook.createTopic("t", 1);
        write(daybook, "t", "a");
        try (KafkaConsumer<String, String> waiting = consumer(daybook)) {
            waiting.assign(List.of(new TopicPartition("t", 0)));
            waiting.poll(Duration.ofMillis(100));

            long begin = System.nanoTime();
            daybook.close();

            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).isLessThan(3_000);
        }
        assertThatThrownBy(() -> connect(daybook)).isInstanceOf(java.net.ConnectException.class);
    }

    @Test
    void nothingOfItIsLeftBehind() throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        for (int i = 0; i < 3; i++) {
            EmbeddedDaybook.start().close();
        }

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("daybook") && !before.contains(thread)) {
                thread.join(LAST_STEPS_MS);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Test
    void aTopicThatIsRefusedSaysWhy() {
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start()) {
            assertThatThrownBy(() -> daybook.createTopic("not/legal", 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("INVALID_TOPIC_EXCEPTION");
        }
    }

    private static void connect(EmbeddedDaybook daybook) throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", daybook.port()), 1_000);
        }
    }

    private static Set<String> topics(EmbeddedDaybook daybook) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", daybook.bootstrapServers()))) {
            return admin.listTopics().names().get(30, TimeUnit.SECONDS);
        }
    }

    private static String clusterId(EmbeddedDaybook daybook) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", daybook.bootstrapServers()))) {
            return admin.describeCluster().clusterId().get(30, TimeUnit.SECONDS);
        }
    }

    private static void write(EmbeddedDaybook daybook, String topic, String... values) throws Exception {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", daybook.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value)).get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static KafkaConsumer<String, String> consumer(EmbeddedDaybook daybook) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", daybook.bootstrapServers());
        properties.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    }

    private static List<String> read(EmbeddedDaybook daybook, String topic, int count) {
        List<String> values = new java.util.ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(daybook)) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (values.size() < count && System.nanoTime() < deadline) {
                ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(200));
                for (ConsumerRecord<String, String> record : records) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
