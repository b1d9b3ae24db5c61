package io.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConfigResourcesOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NoReassignmentInProgressException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's admin client manages topics and configurations. */
class AdminClientsTest {
    private EmbeddedDaybook daybook;
    private Admin admin;

    @BeforeEach
    void start() {
        daybook = EmbeddedDaybook.start();
        admin = admin(daybook);
    }

    @AfterEach
    void stop() {
        admin.close();
        daybook.close();
    }

    @Test
    void aTopicIsCreatedDescribedAndDeletedByNameAndById() throws Exception {
        CreateTopicsResult created = admin.createTopics(
                List.of(new NewTopic("orders", 3, (short) 1).configs(Map.of("retention.ms", "1000"))));
        Uuid id = get(created.topicId("orders"));

        TopicDescription byName =
                get(admin.describeTopics(List.of("orders")).topicNameValues().get("orders"));
        TopicDescription byId = get(admin.describeTopics(TopicCollection.ofTopicIds(List.of(id)))
                .topicIdValues()
                .get(id));

        assertThat(get(created.numPartitions("orders"))).isEqualTo(3);
        assertThat(get(created.replicationFactor("orders"))).isEqualTo(1);
        assertThat(get(created.config("orders")).get("retention.ms").source())
                .isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
        assertThat(byName.topicId()).isEqualTo(id);
        assertThat(byName.partitions())
                .hasSize(3)
                .allMatch(each -> each.leader().port() == daybook.port());
        assertThat(byId.name()).isEqualTo("orders");
        get(admin.deleteTopics(TopicCollection.ofTopicIds(List.of(id))).all());
        assertThat(get(admin.listTopics().names())).isEmpty();
        assertFails(admin.describeTopics(List.of("orders")).allTopicNames(), UnknownTopicOrPartitionException.class);
        assertFails(
                admin.describeTopics(TopicCollection.ofTopicIds(List.of(id))).allTopicIds(),
                UnknownTopicIdException.class);
        assertFails(admin.deleteTopics(List.of("orders")).all(), UnknownTopicOrPartitionException.class);
    }

    @Test
    void whatIsWrongWithATopicIsToldAsKafkaTellsIt() throws Exception {
        get(admin.createTopics(List.of(new NewTopic("a.b", 1, (short) 1))).all());

        assertFails(create(new NewTopic("a.b", 1, (short) 1)), TopicExistsException.class);
        assertFails(create(new NewTopic("a_b", 1, (short) 1)), InvalidTopicException.class);
        assertFails(create(new NewTopic("a b", 1, (short) 1)), InvalidTopicException.class);
        assertFails(create(new NewTopic("c", 1, (short) 3)), InvalidReplicationFactorException.class);
        assertFails(create(new NewTopic("c", 0, (short) 1)), InvalidPartitionsException.class);
        assertFails(create(new NewTopic("c", Map.of(0, List.of(5)))), InvalidReplicaAssignmentException.class);
        assertFails(
                create(new NewTopic("c", 1, (short) 1).configs(Map.of("cleanup.policy", "burn"))),
                InvalidConfigurationException.class);
        get(create(new NewTopic("d", Map.of(0, List.of(1), 1, List.of(1)))));
    }

    @Test
    void aQuestionIsAnsweredAndNothingHappens() throws Exception {
        CreateTopicsResult asked = admin.createTopics(
                List.of(new NewTopic("orders", Optional.of(7), Optional.empty())),
                new CreateTopicsOptions().validateOnly(true));

        assertThat(get(asked.numPartitions("orders"))).isEqualTo(7);
        assertThat(get(admin.listTopics().names())).isEmpty();
    }

    @Test
    void partitionsAreAdded() throws Exception {
        get(create(new NewTopic("orders", 2, (short) 1)));

        get(admin.createPartitions(
                        Map.of("orders", NewPartitions.increaseTo(9)), new CreatePartitionsOptions().validateOnly(true))
                .all());
        get(admin.createPartitions(Map.of("orders", NewPartitions.increaseTo(4, List.of(List.of(1), List.of(1)))))
                .all());

        assertThat(partitionCount("orders")).isEqualTo(4);
        assertFails(
                admin.createPartitions(Map.of("orders", NewPartitions.increaseTo(3)))
                        .all(),
                InvalidPartitionsException.class);
        assertFails(
                admin.createPartitions(Map.of("nope", NewPartitions.increaseTo(3)))
                        .all(),
                UnknownTopicOrPartitionException.class);
    }

    @Test
    void manyTopicsAreDescribedPageByPage() throws Exception {
        get(admin.createTopics(IntStream.range(0, 60)
                        .mapToObj(i -> new NewTopic("topic-" + i, 50, (short) 1))
                        .toList())
                .all());
        List<String> names = IntStream.range(0, 60).mapToObj(i -> "topic-" + i).toList();

        Map<String, TopicDescription> described =
                get(admin.describeTopics(names, new DescribeTopicsOptions().partitionSizeLimitPerResponse(70))
                        .allTopicNames());

        assertThat(described).hasSize(60);
        assertThat(described.values()).allMatch(each -> each.partitions().size() == 50);
    }

    @Test
    void theClusterIsDescribed() throws Exception {
        var cluster = admin.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true));

        assertThat(get(cluster.nodes())).hasSize(1).allMatch(each -> each.port() == daybook.port());
        assertThat(get(cluster.controller()).id()).isEqualTo(1);
        assertThat(get(cluster.clusterId())).hasSize(22);
        assertThat(get(cluster.authorizedOperations())).contains(AclOperation.ALTER_CONFIGS, AclOperation.CREATE);
    }

    @Test
    void theConfigurationOfATopicIsChangedKeyByKey() throws Exception {
        get(create(new NewTopic("orders", 1, (short) 1)));
        ConfigResource orders = new ConfigResource(ConfigResource.Type.TOPIC, "orders");

        get(alter(orders, op("retention.ms", "5000", OpType.SET), op("cleanup.policy", "compact", OpType.APPEND)));
        Config config = describe(orders);

        assertThat(config.get("retention.ms").value()).isEqualTo("5000");
        assertThat(config.get("cleanup.policy").value()).isEqualTo("delete,compact");
        assertThat(config.get("retention.ms").synonyms())
                .extracting(each -> each.name() + "=" + each.value())
                .containsExactly("retention.ms=5000", "log.retention.hours=168");
        assertThat(config.get("retention.ms").documentation()).isNotBlank();
        assertThat(config.get("retention.ms").type()).isEqualTo(ConfigEntry.ConfigType.LONG);
        assertThat(config.get("segment.bytes").isDefault()).isTrue();
        get(alter(orders, op("retention.ms", "", OpType.DELETE), op("cleanup.policy", "delete", OpType.SUBTRACT)));
        assertThat(describe(orders).get("retention.ms").isDefault()).isTrue();
        assertThat(describe(orders).get("cleanup.policy").value()).isEqualTo("compact");
        assertFails(alter(orders, op("retention.ms", "soon", OpType.SET)), InvalidConfigurationException.class);
    }

    @Test
    void theBrokerIsChangedWhileItRuns() throws Exception {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        ConfigResource all = new ConfigResource(ConfigResource.Type.BROKER, "");

        get(alter(all, op("message.max.bytes", "123456", OpType.SET)));

        assertThat(describe(broker).get("message.max.bytes").value()).isEqualTo("123456");
        assertThat(describe(broker).get("message.max.bytes").source())
                .isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG);
        assertThat(describe(broker).get("num.partitions").isReadOnly()).isTrue();
        assertThat(describe(all).entries()).hasSize(1);
        assertFails(alter(broker, op("num.partitions", "5", OpType.SET)), InvalidRequestException.class);
    }

    @Test
    void limitsOnConnectionsAreChangedWhileTheBrokerRuns() throws Exception {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");

        get(alter(broker, op("max.connections.per.ip.overrides", "127.0.0.1:1,[::1]:3", OpType.SET)));
        try (Socket refused = new Socket("127.0.0.1", daybook.port())) {
            assertThat(refused.getInputStream().read()).isEqualTo(-1);
        }

        assertFails(
                alter(broker, op("max.connections.per.ip.overrides", "some.host:1", OpType.SET)),
                InvalidRequestException.class);
        get(alter(broker, op("max.connections.per.ip.overrides", "", OpType.DELETE)));
        try (Admin another = admin(daybook)) {
            assertThat(get(another.describeCluster().nodes())).hasSize(1);
        }
    }

    @Test
    void resourcesWithAConfigurationAreListed() throws Exception {
        get(create(new NewTopic("orders", 1, (short) 1)));
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, "g");
        get(alter(group, op("consumer.heartbeat.interval.ms", "6000", OpType.SET)));

        assertThat(get(admin.listConfigResources(Set.of(), new ListConfigResourcesOptions())
                        .all()))
                .containsExactlyInAnyOrder(
                        new ConfigResource(ConfigResource.Type.TOPIC, "orders"),
                        new ConfigResource(ConfigResource.Type.BROKER, "1"),
                        new ConfigResource(ConfigResource.Type.BROKER_LOGGER, "1"),
                        group);
        assertThat(describe(group).get("consumer.heartbeat.interval.ms").value())
                .isEqualTo("6000");
    }

    @Test
    void whatOneBrokerHasNothingToDoForIsAnsweredSo() throws Exception {
        get(create(new NewTopic("orders", 1, (short) 1)));
        TopicPartition partition = new TopicPartition("orders", 0);

        assertThat(get(admin.listPartitionReassignments().reassignments())).isEmpty();
        get(admin.alterPartitionReassignments(Map.of(partition, Optional.of(new NewPartitionReassignment(List.of(1)))))
                .all());
        assertFails(
                admin.alterPartitionReassignments(Map.of(partition, Optional.empty()))
                        .all(),
                NoReassignmentInProgressException.class);
        assertFails(
                admin.alterPartitionReassignments(
                                Map.of(partition, Optional.of(new NewPartitionReassignment(List.of(2)))))
                        .all(),
                InvalidReplicaAssignmentException.class);
        assertThat(get(admin.electLeaders(ElectionType.PREFERRED, Set.of(partition))
                                .partitions())
                        .get(partition))
                .containsInstanceOf(ElectionNotNeededException.class);
        assertThat(get(admin.describeClientQuotas(ClientQuotaFilter.all()).entities()))
                .isEmpty();
        assertFails(admin.describeAcls(AclBindingFilter.ANY).values(), SecurityDisabledException.class);
    }

    @Test
    void aDeletedTopicIsBroughtBackByAnyAdminClient() throws Exception {
        get(create(new NewTopic("orders", 3, (short) 1)));
        get(admin.deleteTopics(List.of("orders")).all());

        get(create(new NewTopic("orders", Optional.empty(), Optional.empty())
                .configs(Map.of("daybook.undelete", "latest"))));

        assertThat(partitionCount("orders")).isEqualTo(3);
    }

    @Test
    void topicsAndConfigurationsAreThereAfterARestart(@TempDir Path directory) throws Exception {
        Map<String, Uuid> ids = new HashMap<>();
        try (EmbeddedDaybook first = EmbeddedDaybook.start(EmbeddedDaybook.Options.onDisk(directory));
                Admin onFirst = admin(first)) {
            CreateTopicsResult created = onFirst.createTopics(IntStream.range(0, 100)
                    .mapToObj(i ->
                            new NewTopic("topic-" + i, 1 + i % 3, (short) 1).configs(Map.of("retention.ms", "" + i)))
                    .toList());
            get(created.all());
            for (int i = 0; i < 100; i++) {
                ids.put("topic-" + i, get(created.topicId("topic-" + i)));
            }
        }

        try (EmbeddedDaybook second = EmbeddedDaybook.start(EmbeddedDaybook.Options.onDisk(directory));
                Admin onSecond = admin(second)) {
            Map<String, Uuid> found = get(
                            onSecond.listTopics(new ListTopicsOptions()).listings())
                    .stream()
                    .collect(Collectors.toMap(each -> each.name(), each -> each.topicId()));

            assertThat(new TreeMap<>(found)).isEqualTo(new TreeMap<>(ids));
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, "topic-42");
            assertThat(get(onSecond.describeConfigs(List.of(resource)).all())
                            .get(resource)
                            .get("retention.ms")
                            .value())
                    .isEqualTo("42");
        }
    }

    private KafkaFuture<Void> create(NewTopic topic) {
        return admin.createTopics(List.of(topic)).all();
    }

    private int partitionCount(String topic) throws Exception {
        return get(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .partitions()
                .size();
    }

    private KafkaFuture<Void> alter(ConfigResource resource, AlterConfigOp... operations) {
        return admin.incrementalAlterConfigs(Map.of(resource, List.of(operations)))
                .all();
    }

    private static AlterConfigOp op(String key, String value, OpType type) {
        return new AlterConfigOp(new ConfigEntry(key, value), type);
    }

    private Config describe(ConfigResource resource) throws Exception {
        return get(admin.describeConfigs(
                                List.of(resource),
                                new DescribeConfigsOptions()
                                        .includeSynonyms(true)
                                        .includeDocumentation(true))
                        .all())
                .get(resource);
    }

    private static <T> T get(KafkaFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static void assertFails(KafkaFuture<?> future, Class<? extends Exception> cause) {
        assertThatThrownBy(() -> get(future))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(cause);
    }

    private static Admin admin(EmbeddedDaybook daybook) {
        return Admin.create(Map.of("bootstrap.servers", daybook.bootstrapServers()));
    }
}
