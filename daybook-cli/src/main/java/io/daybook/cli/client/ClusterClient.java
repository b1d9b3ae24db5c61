package io.daybook.cli.client;

import io.daybook.base.ErrorCode;
import io.daybook.base.wire.Message;
import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ApiVersionsRequestData;
import io.daybook.protocol.message.ApiVersionsResponseData;
import io.daybook.protocol.message.FindCoordinatorRequestData;
import io.daybook.protocol.message.FindCoordinatorResponseData;
import io.daybook.protocol.message.MetadataRequestData;
import io.daybook.protocol.message.MetadataRequestData.MetadataRequestTopic;
import io.daybook.protocol.message.MetadataResponseData;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponseBroker;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponsePartition;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponseTopic;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cluster, as a command sees it: finds brokers, leaders and coordinators, and agrees on versions. Connections are made
 * when they are first needed. What does not answer ends the command with {@link ExitCode#UNREACHABLE}. For one thread.
 */
public final class ClusterClient implements Closeable {
    private static final int RETRIES = 40;
    private static final int RETRY_MS = 50;

    private final ClientConfig config;
    private final Map<Endpoint, Node> nodes = new HashMap<>();
    private final Map<Integer, Endpoint> brokers = new HashMap<>();
    private @Nullable Node bootstrap;

    /** A connection and what the broker at its other end can do. */
    private record Node(Connection connection, Map<Short, VersionRange> versions) {}

    private record VersionRange(short lowest, short highest) {}

    /** Does not connect yet. */
    public ClusterClient(ClientConfig config) {
        this.config = config;
    }

    /** The settings. */
    public ClientConfig config() {
        return config;
    }

    /** Where the first connection leads; for messages. */
    public String address() {
        return config.bootstrapServers().get(0).toString();
    }

    /** Asks any broker. */
    public <R extends Message> R call(Message request, R response) {
        return call(any(), request, response);
    }

    /** Asks the broker with this number. */
    public <R extends Message> R call(int brokerId, Message request, R response) {
        return call(node(endpointOf(brokerId)), request, response);
    }

    /** As {@link #call(int, Message, Message)}, in this version or a lower one. */
    public <R extends Message> R callAtMost(short highestVersion, int brokerId, Message request, R response) {
        Node node = node(endpointOf(brokerId));
        short version = (short) Math.min(versionFor(node, request), highestVersion);
        try {
            return node.connection().exchange(request, version, response);
        } catch (IOException e) {
            throw lost(node, e);
        }
    }

    /** Sends to the broker with this number what has no answer. */
    public void send(int brokerId, Message request) {
        Node node = node(endpointOf(brokerId));
        try {
            node.connection().send(request, versionFor(node, request));
        } catch (IOException e) {
            throw lost(node, e);
        }
    }

    /** Whether brokers answer this API. */
    public boolean supports(ApiKey key) {
        return any().versions().containsKey(key.id());
    }

    /** The cluster's brokers, and all topics if {@code topics} is null, else the named ones. */
    public MetadataResponseData metadata(@Nullable List<String> topics, boolean autoCreate) {
        MetadataRequestData request = new MetadataRequestData().setAllowAutoTopicCreation(autoCreate);
        if (topics == null) {
            request.setTopics(null);
        } else {
            List<MetadataRequestTopic> named = new ArrayList<>();
            topics.forEach(topic -> named.add(new MetadataRequestTopic().setName(topic)));
            request.setTopics(named);
        }
        MetadataResponseData response = call(request, new MetadataResponseData());
        for (MetadataResponseBroker broker : response.brokers()) {
            brokers.put(broker.nodeId(), new Endpoint(broker.host(), broker.port()));
        }
        return response;
    }

    /**
     * The partitions of a topic, in order, each with a leader; waits a while for one that has none yet.
     *
     * @throws ProtocolException if there is no such topic
     */
    public List<MetadataResponsePartition> partitions(String topic, boolean autoCreate) {
        for (int attempt = 0; ; attempt++) {
            MetadataResponseTopic found =
                    metadata(List.of(topic), autoCreate).topics().get(0);
            ErrorCode code = ErrorCode.of(found.errorCode());
            boolean ready = code.isNone() && found.partitions().stream().allMatch(each -> each.leaderId() >= 0);
            if (ready) {
                List<MetadataResponsePartition> partitions = new ArrayList<>(found.partitions());
                partitions.sort((a, b) -> Integer.compare(a.partitionIndex(), b.partitionIndex()));
                return partitions;
            }
            boolean mayCome = code == ErrorCode.LEADER_NOT_AVAILABLE
                    || code.isNone()
                    || autoCreate && code == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
            if (!mayCome || attempt == RETRIES) {
                ErrorCode reason = code.isNone() ? ErrorCode.LEADER_NOT_AVAILABLE : code;
                String detail =
                        reason == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION ? "does not exist on " + address() : null;
                throw new ProtocolException(reason, "topic '" + topic + "'", detail);
            }
            pause();
        }
    }

    /** The broker that coordinates a group; waits a while for one that is loading. */
    public int coordinatorOf(String group) {
        for (int attempt = 0; ; attempt++) {
            Coordinator found = findCoordinator(group);
            if (found.code().isNone()) {
                brokers.put(found.brokerId(), found.endpoint());
                return found.brokerId();
            }
            if (found.code() != ErrorCode.COORDINATOR_NOT_AVAILABLE || attempt == RETRIES) {
                throw new ProtocolException(found.code(), "group '" + group + "'", found.message());
            }
            pause();
        }
    }

    /** Waits before another attempt. */
    public static void pause() {
        try {
            Thread.sleep(RETRY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.FAILURE, "interrupted");
        }
    }

    @Override
    public void close() {
        nodes.values().forEach(node -> node.connection().close());
        nodes.clear();
        bootstrap = null;
    }

    private record Coordinator(
            ErrorCode code,
            int brokerId,
            Endpoint endpoint,
            @Nullable String message) {}

    private Coordinator findCoordinator(String group) {
        Node node = any();
        FindCoordinatorRequestData request = new FindCoordinatorRequestData().setKeyType((byte) 0);
        boolean several = versionFor(node, request) >= 4;
        if (several) {
            request.setCoordinatorKeys(List.of(group));
        } else {
            request.setKey(group);
        }
        FindCoordinatorResponseData response = call(node, request, new FindCoordinatorResponseData());
        if (several) {
            FindCoordinatorResponseData.Coordinator found =
                    response.coordinators().get(0);
            return new Coordinator(
                    ErrorCode.of(found.errorCode()),
                    found.nodeId(),
                    new Endpoint(found.host(), found.port()),
                    found.errorMessage());
        }
        return new Coordinator(
                ErrorCode.of(response.errorCode()),
                response.nodeId(),
                new Endpoint(response.host(), response.port()),
                response.errorMessage());
    }

    private Endpoint endpointOf(int brokerId) {
        Endpoint endpoint = brokers.get(brokerId);
        if (endpoint == null) {
            metadata(List.of(), false);
            endpoint = brokers.get(brokerId);
        }
        return Optional.ofNullable(endpoint)
                .orElseThrow(() -> new CommandException(
                        ExitCode.NOT_FOUND,
                        "no broker " + brokerId + " in the cluster at " + address(),
                        "daybook cluster brokers"));
    }

    private <R extends Message> R call(Node node, Message request, R response) {
        try {
            return node.connection().exchange(request, versionFor(node, request), response);
        } catch (IOException e) {
            throw lost(node, e);
        }
    }

    private static short versionFor(Node node, Message request) {
        ApiKey key = Connection.keyOf(request);
        VersionRange theirs = node.versions().get(request.apiKey());
        short version = theirs == null ? -1 : (short) Math.min(theirs.highest(), key.highestStableVersion());
        if (theirs == null || version < theirs.lowest() || version < request.lowestSupportedVersion()) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    "the broker at " + node.connection().endpoint() + " does not serve " + key
                            + " in a version that this command knows");
        }
        return version;
    }

    private Node any() {
        if (bootstrap != null) {
            return bootstrap;
        }
        CommandException failure = null;
        for (Endpoint endpoint : config.bootstrapServers()) {
            try {
                bootstrap = node(endpoint);
                return bootstrap;
            } catch (CommandException e) {
                failure = e;
            }
        }
        throw failure == null ? new CommandException(ExitCode.USAGE, "no bootstrap server is given") : failure;
    }

    private Node node(Endpoint endpoint) {
        Node known = nodes.get(endpoint);
        if (known != null) {
            return known;
        }
        try {
            Connection connection = new Connection(endpoint, config.clientId(), config.requestTimeoutMs());
            Node node = new Node(connection, versionsOf(connection));
            nodes.put(endpoint, node);
            return node;
        } catch (IOException e) {
            throw unreachable(endpoint, e);
        }
    }

    private static Map<Short, VersionRange> versionsOf(Connection connection) throws IOException {
        ApiVersionsRequestData request =
                new ApiVersionsRequestData().setClientSoftwareName("daybook").setClientSoftwareVersion("0.1.0");
        ApiVersionsResponseData response = connection.exchange(request, (short) 3, new ApiVersionsResponseData());
        ProtocolException.check(response.errorCode(), "the broker at " + connection.endpoint(), null);
        Map<Short, VersionRange> versions = new HashMap<>();
        for (ApiVersionsResponseData.ApiVersion each : response.apiKeys()) {
            versions.put(each.apiKey(), new VersionRange(each.minVersion(), each.maxVersion()));
        }
        return versions;
    }

    private CommandException lost(Node node, IOException failure) {
        node.connection().close();
        nodes.values().remove(node);
        bootstrap = node.equals(bootstrap) ? null : bootstrap;
        return unreachable(node.connection().endpoint(), failure);
    }

    private static CommandException unreachable(Endpoint endpoint, IOException failure) {
        String reason = failure instanceof UnknownHostException
                ? "the host name is not known"
                : failure instanceof SocketTimeoutException
                        ? "no answer in time"
                        : failure instanceof java.io.EOFException
                                ? "the connection was closed"
                                : String.valueOf(failure.getMessage());
        return new CommandException(
                ExitCode.UNREACHABLE,
                "no broker answers at " + endpoint + ": " + reason,
                "start one with `daybook server`, or name another with -b HOST:PORT");
    }
}
