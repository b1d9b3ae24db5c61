package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.config.DescribedConfig;
import io.daybook.broker.topic.ConfigService;
import io.daybook.broker.topic.ConfigView;
import io.daybook.metadata.ConfigResource;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.DescribeConfigsRequestData;
import io.daybook.protocol.message.DescribeConfigsRequestData.DescribeConfigsResource;
import io.daybook.protocol.message.DescribeConfigsResponseData;
import io.daybook.protocol.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import io.daybook.protocol.message.DescribeConfigsResponseData.DescribeConfigsResult;
import io.daybook.protocol.message.DescribeConfigsResponseData.DescribeConfigsSynonym;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** DescribeConfigs: what holds for topics, groups and brokers, and where it comes from. */
public final class DescribeConfigsHandler
        implements ApiHandler<DescribeConfigsRequestData, DescribeConfigsResponseData> {
    private final ConfigService configs;
    private final LoggerConfigs loggers;

    /** Describes these configurations, and the levels of these loggers. */
    public DescribeConfigsHandler(ConfigService configs, LoggerConfigs loggers) {
        this.configs = configs;
        this.loggers = loggers;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.DESCRIBE_CONFIGS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(1, 4);
    }

    @Override
    public void handle(ApiCall<DescribeConfigsRequestData, DescribeConfigsResponseData> call) {
        DescribeConfigsRequestData request = call.request();
        List<DescribeConfigsResult> results =
                new ArrayList<>(request.resources().size());
        for (DescribeConfigsResource resource : request.resources()) {
            results.add(describe(resource, request));
        }
        call.reply(new DescribeConfigsResponseData().setResults(results));
    }

    @Override
    public DescribeConfigsResponseData errorResponse(
            DescribeConfigsRequestData request, short version, ErrorCode code, @Nullable String message) {
        DescribeConfigsResponseData response = new DescribeConfigsResponseData();
        for (DescribeConfigsResource resource : request.resources()) {
            response.results().add(result(resource).setErrorCode(code.code()).setErrorMessage(message));
        }
        return response;
    }

    private DescribeConfigsResult describe(DescribeConfigsResource resource, DescribeConfigsRequestData request) {
        DescribeConfigsResult result = result(resource);
        if (!ConfigResource.Type.isKnown(resource.resourceType())) {
            return result.setErrorCode(ErrorCode.INVALID_REQUEST.code())
                    .setErrorMessage("Unsupported resource type: " + resource.resourceType());
        }
        ConfigResource.Type type = ConfigResource.Type.of(resource.resourceType());
        ConfigView view = type == ConfigResource.Type.BROKER_LOGGER
                ? loggers.describe(resource.resourceName())
                : configs.describe(new ConfigResource(type, resource.resourceName()));
        if (!view.code().isNone()) {
            return result.setErrorCode(view.code().code()).setErrorMessage(view.message());
        }
        List<String> keys = resource.configurationKeys();
        Set<String> wanted = keys == null ? Set.of() : Set.copyOf(keys);
        boolean isAll = keys == null;
        for (DescribedConfig config : view.configs()) {
            if (isAll || wanted.contains(config.name())) {
                result.configs().add(config(config, request));
            }
        }
        return result;
    }

    private static DescribeConfigsResult result(DescribeConfigsResource resource) {
        return new DescribeConfigsResult()
                .setResourceType(resource.resourceType())
                .setResourceName(resource.resourceName());
    }

    private static DescribeConfigsResourceResult config(DescribedConfig config, DescribeConfigsRequestData request) {
        DescribeConfigsResourceResult result = new DescribeConfigsResourceResult()
                .setName(config.name())
                .setValue(config.value().orElse(null))
                .setReadOnly(config.isReadOnly())
                .setConfigSource(config.source().id())
                .setIsSensitive(config.isSensitive())
                .setConfigType(config.type().id())
                .setDocumentation(request.includeDocumentation() ? config.documentation() : null);
        if (request.includeSynonyms()) {
            for (DescribedConfig.Synonym synonym : config.synonyms()) {
                result.synonyms()
                        .add(new DescribeConfigsSynonym()
                                .setName(synonym.name())
                                .setValue(synonym.value().orElse(null))
                                .setSource(synonym.source().id()));
            }
        }
        return result;
    }
}
