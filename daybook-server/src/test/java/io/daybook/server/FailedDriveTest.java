package io.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.runtime.DiskFile;
import io.daybook.runtime.ForwardingDisk;
import io.daybook.runtime.ForwardingFile;
import io.daybook.runtime.MemoryDisk;
import io.daybook.server.bootstrap.DaybookServer;
import io.daybook.server.bootstrap.ServerPlatform;
import io.daybook.server.config.ConfigSources;
import io.daybook.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One of two drives fails: its partitions are offline for everybody, the others are as they were. */
class FailedDriveTest {
    private static final int PARTITIONS = 4;

    private final FailingDisk disk = new FailingDisk();
    private final DaybookServer server =
            DaybookServer.start(config(), ServerPlatform.embedded(disk)).join();
    private final String bootstrapServers = server.listeners().get(0).toString();

    /** Fails to sync below one directory when told. */
    private static final class FailingDisk extends ForwardingDisk {
        private volatile boolean isFailing;

        FailingDisk() {
            super(new MemoryDisk());
        }

        @Override
        protected DiskFile wrap(Path path, DiskFile file) {
            return new ForwardingFile(file) {
                @Override
                public void sync() throws IOException {
                    if (isFailing && path.startsWith(Path.of("/second"))) {
                        throw new IOException("Input/output error");
                    }
                    super.sync();
                }
            };
        }
    }

    @AfterEach
    void stop() {
        server.close().join();
    }

    @Test
    void partitionsOfAFailedDriveHaveNoLeaderAndTheOthersAreServed() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic("orders", PARTITIONS, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            assertThat(acknowledged()).isEqualTo(PARTITIONS);
            disk.isFailing = true;
            int acknowledgedAfterwards = acknowledged();

            TopicDescription described = admin.describeTopics(List.of("orders"))
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .get("orders");
            Map<String, LogDirDescription> dirs = admin.describeLogDirs(List.of(1))
                    .allDescriptions()
                    .get(30, TimeUnit.SECONDS)
                    .get(1);

            Set<Integer> offline = described.partitions().stream()
                    .filter(each -> each.leader() == null)
                    .map(TopicPartitionInfo::partition)
                    .collect(Collectors.toSet());
            assertThat(acknowledgedAfterwards).isEqualTo(PARTITIONS - offline.size());
            assertThat(offline).hasSize(PARTITIONS / 2);
            assertThat(dirs.get("/first").error()).isNull();
            assertThat(dirs.get("/second").error()).isNotNull();
        }
    }

    /** How many of the partitions take a record. */
    private int acknowledged() throws Exception {
        int count = 0;
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "delivery.timeout.ms",
                "2000",
                "request.timeout.ms",
                "1000",
                "max.block.ms",
                "1000");
        for (int i = 0; i < PARTITIONS; i++) {
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("orders", i, "k", "v")).get(30, TimeUnit.SECONDS);
                count++;
            } catch (ExecutionException e) {
                assertThat(e).hasMessageContaining("orders");
            }
        }
        return count;
    }

    private static ServerConfig config() {
        return ServerConfig.of(new ConfigSources()
                .flag("test", "listeners", "PLAINTEXT://127.0.0.1:0")
                .flag("test", "log.dirs", "/first,/second"));
    }
}
