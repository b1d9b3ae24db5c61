package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.metadata.MetadataImage;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ApiVersionsRequestData;
import io.daybook.protocol.message.ApiVersionsResponseData;
import io.daybook.protocol.message.ApiVersionsResponseData.ApiVersion;
import io.daybook.protocol.message.ApiVersionsResponseData.FinalizedFeatureKey;
import io.daybook.protocol.message.ApiVersionsResponseData.SupportedFeatureKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** ApiVersions: what is served here. The first thing that a client asks. */
public final class ApiVersionsHandler implements ApiHandler<ApiVersionsRequestData, ApiVersionsResponseData> {
    private static final short FIRST_VERSION_WITH_CLIENT_SOFTWARE = 3;

    /** Before it, clients refuse a supported feature whose lowest level is 0. */
    private static final short FIRST_VERSION_WITH_FEATURES_FROM_ZERO = 4;

    /**
     * The only feature that holds here. Clients look at {@code transaction.version} besides, and take its absence for 0:
     * there are no transactions. The others of Kafka are between its own brokers.
     */
    private static final String GROUP_VERSION = "group.version";

    /** The level from which the consumer group protocol (KIP-848) is served. */
    private static final short GROUP_VERSION_LEVEL = 1;

    private final List<ApiHandler<?, ?>> handlers;
    private final Supplier<MetadataImage> image;

    /**
     * Answers for the given handlers and itself.
     *
     * @param others the other handlers of the table
     * @param image the current metadata
     */
    public ApiVersionsHandler(List<? extends ApiHandler<?, ?>> others, Supplier<MetadataImage> image) {
        List<ApiHandler<?, ?>> all = new ArrayList<>(others);
        all.add(this);
        all.sort(Comparator.comparingInt(handler -> handler.apiKey().id()));
        this.handlers = List.copyOf(all);
        this.image = image;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.API_VERSIONS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 4);
    }

    @Override
    public void handle(ApiCall<ApiVersionsRequestData, ApiVersionsResponseData> call) {
        ApiVersionsRequestData request = call.request();
        short version = call.context().version();
        if (version >= FIRST_VERSION_WITH_CLIENT_SOFTWARE
                && !(isSoftwareWord(request.clientSoftwareName()) && isSoftwareWord(request.clientSoftwareVersion()))) {
            call.fail(ErrorCode.INVALID_REQUEST, null);
            return;
        }
        call.reply(answer(version, ErrorCode.NONE));
    }

    /** Also to a version that is not known here: then in version 0, which every client reads, to choose another. */
    @Override
    public ApiVersionsResponseData errorResponse(
            ApiVersionsRequestData request, short version, ErrorCode code, @Nullable String message) {
        return code == ErrorCode.UNSUPPORTED_VERSION
                ? answer(version, code)
                : new ApiVersionsResponseData().setErrorCode(code.code());
    }

    private ApiVersionsResponseData answer(short version, ErrorCode code) {
        MetadataImage current = image.get();
        List<ApiVersion> apis = new ArrayList<>(handlers.size());
        for (ApiHandler<?, ?> handler : handlers) {
            VersionRange range = handler.advertisedVersions();
            apis.add(new ApiVersion()
                    .setApiKey(handler.apiKey().id())
                    .setMinVersion(range.lowest())
                    .setMaxVersion(range.highest()));
        }
        ApiVersionsResponseData response =
                new ApiVersionsResponseData().setErrorCode(code.code()).setApiKeys(apis);
        if (version >= FIRST_VERSION_WITH_FEATURES_FROM_ZERO) {
            response.setSupportedFeatures(
                    List.of(new SupportedFeatureKey().setName(GROUP_VERSION).setMaxVersion(GROUP_VERSION_LEVEL)));
        }
        if (version >= FIRST_VERSION_WITH_CLIENT_SOFTWARE) {
            short level = current.featureLevels().getOrDefault(GROUP_VERSION, GROUP_VERSION_LEVEL);
            response.setFinalizedFeaturesEpoch(current.version())
                    .setFinalizedFeatures(List.of(new FinalizedFeatureKey()
                            .setName(GROUP_VERSION)
                            .setMinVersionLevel(level)
                            .setMaxVersionLevel(level)));
        }
        return response;
    }

    /** Letters, digits, dashes and dots; neither of the latter two at an end. */
    private static boolean isSoftwareWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isAlphanumeric = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean isInside = i > 0 && i < text.length() - 1;
            if (!isAlphanumeric && !(isInside && (c == '-' || c == '.'))) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
