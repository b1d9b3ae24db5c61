package io.daybook.server.bootstrap;

import io.daybook.broker.Broker;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.LiveConfig;
import io.daybook.broker.group.GroupService;
import io.daybook.broker.topic.ConfigService;
import io.daybook.broker.topic.TopicService;
import io.daybook.metadata.MetadataStore;
import io.daybook.server.api.AdvertisedEndpoints;
import io.daybook.server.api.AlterConfigsHandler;
import io.daybook.server.api.AlterPartitionReassignmentsHandler;
import io.daybook.server.api.ApiHandler;
import io.daybook.server.api.ApiTable;
import io.daybook.server.api.ApiVersionsHandler;
import io.daybook.server.api.ConfigEditing;
import io.daybook.server.api.ConsumerGroupDescribeHandler;
import io.daybook.server.api.ConsumerGroupHeartbeatHandler;
import io.daybook.server.api.CreatePartitionsHandler;
import io.daybook.server.api.CreateTopicsHandler;
import io.daybook.server.api.DeleteGroupsHandler;
import io.daybook.server.api.DeleteRecordsHandler;
import io.daybook.server.api.DeleteTopicsHandler;
import io.daybook.server.api.DescribeAclsHandler;
import io.daybook.server.api.DescribeClientQuotasHandler;
import io.daybook.server.api.DescribeClusterHandler;
import io.daybook.server.api.DescribeConfigsHandler;
import io.daybook.server.api.DescribeGroupsHandler;
import io.daybook.server.api.DescribeLogDirsHandler;
import io.daybook.server.api.DescribeProducersHandler;
import io.daybook.server.api.DescribeTopicPartitionsHandler;
import io.daybook.server.api.DescribeUserScramCredentialsHandler;
import io.daybook.server.api.ElectLeadersHandler;
import io.daybook.server.api.Endpoint;
import io.daybook.server.api.FetchHandler;
import io.daybook.server.api.FindCoordinatorHandler;
import io.daybook.server.api.HeartbeatHandler;
import io.daybook.server.api.IncrementalAlterConfigsHandler;
import io.daybook.server.api.InitProducerIdHandler;
import io.daybook.server.api.JoinGroupHandler;
import io.daybook.server.api.LeaveGroupHandler;
import io.daybook.server.api.ListConfigResourcesHandler;
import io.daybook.server.api.ListGroupsHandler;
import io.daybook.server.api.ListOffsetsHandler;
import io.daybook.server.api.ListPartitionReassignmentsHandler;
import io.daybook.server.api.LoggerConfigs;
import io.daybook.server.api.MetadataHandler;
import io.daybook.server.api.OffsetCommitHandler;
import io.daybook.server.api.OffsetDeleteHandler;
import io.daybook.server.api.OffsetFetchHandler;
import io.daybook.server.api.OffsetForLeaderEpochHandler;
import io.daybook.server.api.ProduceHandler;
import io.daybook.server.api.RequestContext;
import io.daybook.server.api.SyncGroupHandler;
import io.daybook.server.config.ServerConfig;
import io.daybook.server.logging.LineLoggers;
import java.util.ArrayList;
import java.util.List;

/** The list of what is served. */
final class Handlers {
    private final ServerConfig config;
    private final Broker broker;
    private final MetadataStore metadata;

    Handlers(ServerConfig config, Broker broker, MetadataStore metadata) {
        this.config = config;
        this.broker = broker;
        this.metadata = metadata;
    }

    ApiTable table() {
        List<ApiHandler<?, ?>> handlers = new ArrayList<>();
        handlers.add(new ProduceHandler(broker.partitions()));
        handlers.add(new FetchHandler(broker.fetches(), broker::config));
        handlers.add(new ListOffsetsHandler(broker.partitions()));
        handlers.add(new OffsetForLeaderEpochHandler(broker.partitions()));
        handlers.add(new InitProducerIdHandler(broker.producerIds()));
        handlers.add(new DeleteRecordsHandler(broker.partitions()));
        handlers.add(new DescribeLogDirsHandler(broker.logDirs()));
        handlers.add(new DescribeProducersHandler(broker.partitions()));
        addTopics(handlers);
        addConfigs(handlers);
        addGroups(handlers);
        handlers.add(new ApiVersionsHandler(handlers, metadata::image));
        return new ApiTable(handlers);
    }

    private void addTopics(List<ApiHandler<?, ?>> handlers) {
        TopicService topics = broker.topics();
        LiveConfig live = broker.liveConfig();
        handlers.add(new MetadataHandler(topics, broker.partitions(), live, advertised()));
        handlers.add(new DescribeClusterHandler(topics, live, advertised()));
        handlers.add(new DescribeTopicPartitionsHandler(topics, broker.partitions(), live));
        handlers.add(new CreateTopicsHandler(topics, broker.configs()));
        handlers.add(new DeleteTopicsHandler(topics));
        handlers.add(new CreatePartitionsHandler(topics));
        handlers.add(new ListPartitionReassignmentsHandler());
        handlers.add(new AlterPartitionReassignmentsHandler(topics, live));
        handlers.add(new ElectLeadersHandler(topics));
    }

    private void addConfigs(List<ApiHandler<?, ?>> handlers) {
        ConfigService configs = broker.configs();
        LoggerConfigs loggers = new LoggerConfigs(broker.liveConfig(), LineLoggers.ofProcess());
        ConfigEditing editing = new ConfigEditing(configs, loggers);
        handlers.add(new DescribeConfigsHandler(configs, loggers));
        handlers.add(new AlterConfigsHandler(editing));
        handlers.add(new IncrementalAlterConfigsHandler(editing));
        handlers.add(new ListConfigResourcesHandler(configs, broker.liveConfig()));
        handlers.add(new DescribeClientQuotasHandler());
        handlers.add(new DescribeUserScramCredentialsHandler());
        handlers.add(new DescribeAclsHandler());
    }

    private void addGroups(List<ApiHandler<?, ?>> handlers) {
        GroupService groups = broker.groups();
        handlers.add(
                new FindCoordinatorHandler(groups, advertised(), broker.config().get(BrokerConfigKeys.NODE_ID)));
        handlers.add(new JoinGroupHandler(groups));
        handlers.add(new SyncGroupHandler(groups));
        handlers.add(new HeartbeatHandler(groups));
        handlers.add(new LeaveGroupHandler(groups));
        handlers.add(new OffsetCommitHandler(groups, metadata::image));
        handlers.add(new OffsetFetchHandler(groups, metadata::image));
        handlers.add(new OffsetDeleteHandler(groups, metadata::image));
        handlers.add(new ListGroupsHandler(groups));
        handlers.add(new DescribeGroupsHandler(groups));
        handlers.add(new DeleteGroupsHandler(groups));
        handlers.add(new ConsumerGroupHeartbeatHandler(groups));
        handlers.add(new ConsumerGroupDescribeHandler(groups, metadata::image));
    }

    private AdvertisedEndpoints advertised() {
        return context -> {
            Endpoint configured = config.advertised().get(context.listener());
            return configured == null ? connectedTo(context) : configured;
        };
    }

    private static Endpoint connectedTo(RequestContext context) {
        String host = context.localAddress().getAddress().getHostAddress();
        int zone = host.indexOf('%');
        return new Endpoint(
                zone < 0 ? host : host.substring(0, zone),
                context.localAddress().getPort());
    }
}
