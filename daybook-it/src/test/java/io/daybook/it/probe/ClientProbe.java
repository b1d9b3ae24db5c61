package io.daybook.it.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a program does with a Kafka client of any version from 2.8 on. Takes and gives types of the JDK only. */
public final class ClientProbe {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long CONSUME_NANOS = Duration.ofSeconds(45).toNanos();
    private static final Duration QUIET = Duration.ofSeconds(2);

    private ClientProbe() {}

    /** Creates a topic. */
    public static void createTopic(String bootstrap, String topic, int partitions) throws Exception {
        try (Admin admin = admin(bootstrap)) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** Creates a topic with configuration. */
    public static void createConfiguredTopic(
            String bootstrap, String topic, int partitions, Map<String, String> configs) throws Exception {
        try (Admin admin = admin(bootstrap)) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(configs)))
                    .all()
                    .get();
        }
    }

    /** Adds partitions until there are this many. */
    public static void growTopic(String bootstrap, String topic, int partitions) throws Exception {
        try (Admin admin = admin(bootstrap)) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        }
    }

    /** Deletes a topic. */
    public static void deleteTopic(String bootstrap, String topic) throws Exception {
        try (Admin admin = admin(bootstrap)) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    /** The topics there are, without internal ones. */
    public static Set<String> topics(String bootstrap) throws Exception {
        try (Admin admin = admin(bootstrap)) {
            return admin.listTopics().names().get();
        }
    }

    /** Number of brokers that the cluster says it has. */
    public static int brokers(String bootstrap) throws Exception {
        try (Admin admin = admin(bootstrap)) {
            return admin.describeCluster().nodes().get().size();
        }
    }

    /** Sets one configuration of a topic. */
    public static void setConfig(String bootstrap, String topic, String key, String value) throws Exception {
        try (Admin admin = admin(bootstrap)) {
            AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)))
                    .all()
                    .get();
        }
    }

    /** The configuration of a topic, as described. */
    public static Map<String, String> configs(String bootstrap, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin(bootstrap)) {
            Map<String, String> configs = new TreeMap<>();
            for (ConfigEntry entry : admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .entries()) {
                if (entry.value() != null) {
                    configs.put(entry.name(), entry.value());
                }
            }
            return configs;
        }
    }

    /** Cuts a partition's records before an offset; the answer is the new first offset. */
    public static long deleteRecords(String bootstrap, String topic, int partition, long beforeOffset)
            throws Exception {
        TopicPartition target = new TopicPartition(topic, partition);
        try (Admin admin = admin(bootstrap)) {
            return admin.deleteRecords(Map.of(target, RecordsToDelete.beforeOffset(beforeOffset)))
                    .lowWatermarks()
                    .get(target)
                    .get()
                    .lowWatermark();
        }
    }

    /** First offset, end offset, and the offset of the first record at or after a time, of one partition. */
    public static List<Long> offsets(String bootstrap, String topic, int partition, long timestampMs) throws Exception {
        TopicPartition target = new TopicPartition(topic, partition);
        List<Long> offsets = new ArrayList<>();
        try (Admin admin = admin(bootstrap)) {
            for (OffsetSpec spec :
                    List.of(OffsetSpec.earliest(), OffsetSpec.latest(), OffsetSpec.forTimestamp(timestampMs))) {
                offsets.add(admin.listOffsets(Map.of(target, spec))
                        .partitionResult(target)
                        .get()
                        .offset());
            }
        }
        return offsets;
    }

    /** What a group has committed, by {@code topic-partition}. */
    public static Map<String, Long> committed(String bootstrap, String group) throws Exception {
        try (Admin admin = admin(bootstrap)) {
            Map<String, Long> committed = new TreeMap<>();
            for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()) {
                committed.put(entry.getKey().toString(), entry.getValue().offset());
            }
            return committed;
        }
    }

    /** Deletes a group. */
    public static void deleteGroup(String bootstrap, String group) throws Exception {
        try (Admin admin = admin(bootstrap)) {
            admin.deleteConsumerGroups(List.of(group)).all().get();
        }
    }

    /** Sends records {@code key-i → value-i} with a header and waits for all acknowledgements. */
    public static List<String> produce(
            String bootstrap, String topic, int firstIndex, int count, Map<String, String> configs) throws Exception {
        Map<String, Object> all = new HashMap<>(configs);
        all.put("bootstrap.servers", bootstrap);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(all, new StringSerializer(), new StringSerializer())) {
            for (int i = firstIndex; i < firstIndex + count; i++) {
                sent.add(producer.send(new ProducerRecord<>(
                        topic, null, null, "key-" + i, "value-" + i, List.of(new RecordHeader("index", new byte[] {
                            (byte) i
                        })))));
            }
            producer.flush();
        }
        List<String> places = new ArrayList<>();
        for (Future<RecordMetadata> future : sent) {
            RecordMetadata metadata = future.get();
            places.add(metadata.partition() + ":" + metadata.offset());
        }
        return places;
    }

    /** Reads as a member of a group until it has this many records, commits, leaves. */
    public static List<String> consume(
            String bootstrap, String topic, String group, int count, Map<String, String> configs) {
        Map<String, Object> all = new HashMap<>(Map.of("auto.offset.reset", "earliest", "enable.auto.commit", "false"));
        all.putAll(configs);
        all.put("bootstrap.servers", bootstrap);
        all.put("group.id", group);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long startNanos = System.nanoTime();
            while (values.size() < count && System.nanoTime() - startNanos < CONSUME_NANOS) {
                read(consumer, values, POLL);
            }
            consumer.commitSync();
        }
        return values;
    }

    /** Reads one partition without a group from an offset until nothing comes for a while. */
    public static List<String> readPartition(String bootstrap, String topic, int partition, long fromOffset) {
        TopicPartition target = new TopicPartition(topic, partition);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(target));
            consumer.seek(target, fromOffset);
            long endOffset = consumer.endOffsets(List.of(target)).get(target);
            long startNanos = System.nanoTime();
            while (consumer.position(target) < endOffset && System.nanoTime() - startNanos < CONSUME_NANOS) {
                read(consumer, values, QUIET);
            }
        }
        return values;
    }

    private static void read(KafkaConsumer<String, String> consumer, List<String> values, Duration timeout) {
        for (ConsumerRecord<String, String> record : consumer.poll(timeout)) {
            if (record.headers().lastHeader("index") == null) {
                throw new IllegalStateException("header lost at offset " + record.offset());
            }
            values.add(record.value());
        }
    }

    /** States of groups by name. */
    public static Map<String, String> groupStates(String bootstrap, List<String> groups) throws Exception {
        try (Admin admin = admin(bootstrap)) {
            return admin.describeConsumerGroups(groups).all().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            entry -> entry.getValue().toString().replaceAll(".*[sS]tate=(\\w+).*", "$1")));
        }
    }

    private static Admin admin(String bootstrap) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("default.api.timeout.ms", "20000");
        properties.put("request.timeout.ms", "10000");
        return Admin.create(properties);
    }
}
