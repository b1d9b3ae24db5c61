package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.LiveConfig;
import io.daybook.broker.topic.ConfigService;
import io.daybook.metadata.ConfigResource;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.TopicImage;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ListConfigResourcesRequestData;
import io.daybook.protocol.message.ListConfigResourcesResponseData;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ListConfigResources: what has, or could have, a configuration. */
public final class ListConfigResourcesHandler
        implements ApiHandler<ListConfigResourcesRequestData, ListConfigResourcesResponseData> {
    private final ConfigService configs;
    private final LiveConfig config;

    /** Lists the resources of these configurations. */
    public ListConfigResourcesHandler(ConfigService configs, LiveConfig config) {
        this.configs = configs;
        this.config = config;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.LIST_CONFIG_RESOURCES;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 1);
    }

    @Override
    public void handle(ApiCall<ListConfigResourcesRequestData, ListConfigResourcesResponseData> call) {
        Set<ConfigResource.Type> types = EnumSet.noneOf(ConfigResource.Type.class);
        for (byte type : call.request().resourceTypes()) {
            if (!ConfigResource.Type.isKnown(type)) {
                call.fail(ErrorCode.UNSUPPORTED_VERSION, null);
                return;
            }
            types.add(ConfigResource.Type.of(type));
        }
        if (call.context().version() == 0) {
            types = EnumSet.of(ConfigResource.Type.CLIENT_METRICS);
        } else if (types.isEmpty()) {
            types = EnumSet.allOf(ConfigResource.Type.class);
        }
        List<ListConfigResourcesResponseData.ConfigResource> found = new ArrayList<>();
        for (ConfigResource resource : resources(types)) {
            found.add(new ListConfigResourcesResponseData.ConfigResource()
                    .setResourceName(resource.name())
                    .setResourceType(resource.type().id()));
        }
        call.reply(new ListConfigResourcesResponseData().setConfigResources(found));
    }

    @Override
    public ListConfigResourcesResponseData errorResponse(
            ListConfigResourcesRequestData request, short version, ErrorCode code, @Nullable String message) {
        return new ListConfigResourcesResponseData().setErrorCode(code.code());
    }

    private List<ConfigResource> resources(Set<ConfigResource.Type> types) {
        MetadataImage image = configs.image();
        List<ConfigResource> resources = new ArrayList<>();
        if (types.contains(ConfigResource.Type.TOPIC)) {
            for (TopicImage topic : image.topics()) {
                resources.add(ConfigResource.topic(topic.name()));
            }
        }
        String brokerId = Integer.toString(config.current().get(BrokerConfigKeys.NODE_ID));
        if (types.contains(ConfigResource.Type.BROKER)) {
            resources.add(new ConfigResource(ConfigResource.Type.BROKER, brokerId));
        }
        if (types.contains(ConfigResource.Type.BROKER_LOGGER)) {
            resources.add(new ConfigResource(ConfigResource.Type.BROKER_LOGGER, brokerId));
        }
        for (ConfigResource resource : image.configuredResources()) {
            if (resource.type() == ConfigResource.Type.GROUP && types.contains(ConfigResource.Type.GROUP)) {
                resources.add(resource);
            }
        }
        return resources;
    }
}
