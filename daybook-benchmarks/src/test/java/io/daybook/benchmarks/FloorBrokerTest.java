package io.daybook.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.benchmarks.floor.FloorBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the clients of the benchmark: their checks of what comes back are part of what is called here. */
@Timeout(60)
class FloorBrokerTest {
    private static final int CAPACITY_BYTES = 4 << 20;
    private static final int RATE = 1_000;

    @TempDir
    private Path directory;

    private interface Use {
        void with(Clients clients) throws Exception;
    }

    @Test
    void everyRecordComesBackFromMemory() throws Exception {
        run(Optional.empty(), FloorBrokerTest::runTopics);
    }

    @Test
    void everyRecordComesBackThatWasSynced() throws Exception {
        run(Optional.of(directory.resolve("records")), FloorBrokerTest::runTopics);
    }

    @Test
    void whatIsAcknowledgedIsInTheFile() throws Exception {
        Path file = directory.resolve("records");
        byte[] value = new Payload().of(0, 0, 0).clone();

        run(Optional.of(file), clients -> {
            try (KafkaProducer<byte[], byte[]> producer = clients.producer(Map.of())) {
                producer.send(new ProducerRecord<>("topic", value)).get();
                assertThat(indexOf(Files.readAllBytes(file), value)).isBetween(1, 200);
            }
        });
    }

    /** The second topic takes the place of the first. */
    private static void runTopics(Clients clients) throws InterruptedException {
        for (String topic : List.of("first", "second")) {
            List<Histogram> windows = new EndToEnd(clients, RATE, 1, bytes -> {}).measure(topic);
            long measured = windows.stream().mapToLong(Histogram::getTotalCount).sum();
            assertThat(measured).isEqualTo(RATE - Volume.warmUp(RATE));
        }
    }

    private static void run(Optional<Path> file, Use use) throws Exception {
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        FloorBroker broker = new FloorBroker(0, CAPACITY_BYTES, file);
        Thread thread = new Thread(() -> {
            try {
                broker.run();
            } catch (IOException e) {
                failure.set(e);
            }
        });
        thread.start();
        try {
            use.with(new Clients("127.0.0.1:" + broker.port()));
        } finally {
            broker.close();
            thread.join();
        }
        assertThat(failure.get()).isNull();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.mismatch(bytes, i, i + part.length, part, 0, part.length) < 0) {
                return i;
            }
        }
        return -1;
    }
}
