package io.daybook.server.net;

import io.daybook.base.ErrorCode;
import io.daybook.base.wire.MalformedMessageException;
import io.daybook.base.wire.Message;
import io.daybook.base.wire.WireReader;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ApiVersionsRequestData;
import io.daybook.protocol.message.RequestHeaderData;
import io.daybook.runtime.Ticker;
import io.daybook.server.api.ApiHandler;
import io.daybook.server.api.ApiTable;
import io.daybook.server.api.RequestContext;
import java.nio.ByteBuffer;

/** Makes calls of frames. Immutable; shared by all connections. */
final class Requests {
    /** API key, version and correlation number; every header begins with them. */
    private static final int MIN_HEADER_BYTES = Short.BYTES + Short.BYTES + Integer.BYTES;

    private final ApiTable apis;
    private final Ticker ticker;

    Requests(ApiTable apis, Ticker ticker) {
        this.apis = apis;
        this.ticker = ticker;
    }

    /**
     * Reads header and request. The call owns the frame once this returns.
     *
     * @throws MalformedMessageException if the frame is not a request that is served here
     */
    PendingCall<?, ?> read(Connection connection, Frame frame) {
        ByteBuffer bytes = frame.bytes().nioBuffer();
        if (bytes.remaining() < MIN_HEADER_BYTES) {
            throw new MalformedMessageException(
                    "a header needs " + MIN_HEADER_BYTES + " bytes, the request has " + bytes.remaining());
        }
        short apiKeyId = bytes.getShort(bytes.position());
        short version = bytes.getShort(bytes.position() + Short.BYTES);
        ApiHandler<?, ?> handler = apis.find(apiKeyId);
        if (handler == null) {
            throw new MalformedMessageException("API " + apiKeyId + " is not served here");
        }
        ApiKey apiKey = handler.apiKey();
        WireReader reader = new WireReader(bytes);
        RequestHeaderData header = new RequestHeaderData(reader, apiKey.requestHeaderVersion(version));
        if (handler.versions().contains(version)) {
            Message request = apiKey.readRequest(reader, version);
            if (reader.remaining() > 0) {
                reader.checkEnd(apiKey + " request");
            }
            return call(connection, handler, request, context(connection, header, version), frame);
        }
        if (apiKey != ApiKey.API_VERSIONS) {
            throw new MalformedMessageException(
                    apiKey + " version " + version + " is not served here, only " + handler.versions());
        }
        // Whatever a newer client asks with, it understands this answer and asks again.
        return call(connection, handler, new ApiVersionsRequestData(), context(connection, header, (short) 0), frame)
                .refusing(ErrorCode.UNSUPPORTED_VERSION);
    }

    private RequestContext context(Connection connection, RequestHeaderData header, short version) {
        String clientId = header.clientId();
        return new RequestContext(
                connection.context(),
                version,
                header.correlationId(),
                clientId == null ? "" : clientId,
                ticker.nanoTime());
    }

    /** A handler's messages are those of its API: the one place where the compiler cannot see it. */
    @SuppressWarnings("unchecked")
    private static PendingCall<Message, Message> call(
            Connection connection, ApiHandler<?, ?> handler, Message request, RequestContext context, Frame frame) {
        return new PendingCall<>(connection, (ApiHandler<Message, Message>) handler, request, context, frame);
    }
}
