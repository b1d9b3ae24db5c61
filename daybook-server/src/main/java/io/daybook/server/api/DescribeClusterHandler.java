package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.LiveConfig;
import io.daybook.broker.topic.TopicService;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.DescribeClusterRequestData;
import io.daybook.protocol.message.DescribeClusterResponseData;
import io.daybook.protocol.message.DescribeClusterResponseData.DescribeClusterBroker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DescribeCluster: the cluster's name and its brokers. */
public final class DescribeClusterHandler
        implements ApiHandler<DescribeClusterRequestData, DescribeClusterResponseData> {
    private static final byte BROKERS = 1;
    private static final byte CONTROLLERS = 2;

    private final TopicService topics;
    private final LiveConfig config;
    private final AdvertisedEndpoints endpoints;

    /** Tells clients to come to these endpoints. */
    public DescribeClusterHandler(TopicService topics, LiveConfig config, AdvertisedEndpoints endpoints) {
        this.topics = topics;
        this.config = config;
        this.endpoints = endpoints;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.DESCRIBE_CLUSTER;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 2);
    }

    @Override
    public void handle(ApiCall<DescribeClusterRequestData, DescribeClusterResponseData> call) {
        DescribeClusterRequestData request = call.request();
        if (request.endpointType() != BROKERS) {
            call.fail(
                    request.endpointType() == CONTROLLERS
                            ? ErrorCode.MISMATCHED_ENDPOINT_TYPE
                            : ErrorCode.UNSUPPORTED_ENDPOINT_TYPE,
                    request.endpointType() == CONTROLLERS
                            ? "The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type "
                                    + "CONTROLLER"
                            : "Unsupported endpoint type " + request.endpointType());
            return;
        }
        BrokerConfig broker = config.current();
        int brokerId = broker.get(BrokerConfigKeys.NODE_ID);
        Endpoint endpoint = endpoints.forClientOf(call.context());
        call.reply(new DescribeClusterResponseData()
                .setEndpointType(BROKERS)
                .setClusterId(topics.image().clusterId())
                .setControllerId(brokerId)
                .setBrokers(List.of(new DescribeClusterBroker()
                        .setBrokerId(brokerId)
                        .setHost(endpoint.host())
                        .setPort(endpoint.port())
                        .setRack(broker.find(BrokerConfigKeys.BROKER_RACK).orElse(null))))
                .setClusterAuthorizedOperations(
                        request.includeClusterAuthorizedOperations()
                                ? AuthorizedOperations.CLUSTER
                                : AuthorizedOperations.NOT_ASKED));
    }

    @Override
    public DescribeClusterResponseData errorResponse(
            DescribeClusterRequestData request, short version, ErrorCode code, @Nullable String message) {
        return new DescribeClusterResponseData()
                .setErrorCode(code.code())
                .setErrorMessage(message)
                .setEndpointType(request.endpointType());
    }
}
