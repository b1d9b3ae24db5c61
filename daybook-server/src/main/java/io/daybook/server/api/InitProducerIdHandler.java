package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.producer.ProducerIds;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.InitProducerIdRequestData;
import io.daybook.protocol.message.InitProducerIdResponseData;
import org.jspecify.annotations.Nullable;

/**
 * InitProducerId: an identity for an idempotent producer. Transactional producers are refused with a code that makes
 * clients give up at once; what Kafka calls "not available" or "not coordinator" would make them ask for ever.
 */
public final class InitProducerIdHandler implements ApiHandler<InitProducerIdRequestData, InitProducerIdResponseData> {
    private final ProducerIds producerIds;

    /** Gives these. */
    public InitProducerIdHandler(ProducerIds producerIds) {
        this.producerIds = producerIds;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.INIT_PRODUCER_ID;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 5);
    }

    @Override
    public void handle(ApiCall<InitProducerIdRequestData, InitProducerIdResponseData> call) {
        String transactionalId = call.request().transactionalId();
        if (transactionalId != null) {
            call.fail(
                    transactionalId.isEmpty() ? ErrorCode.INVALID_REQUEST : ErrorCode.UNSUPPORTED_VERSION,
                    "transactions are not supported by this version");
            return;
        }
        call.replyWith(producerIds
                .next()
                .thenApply(given -> given.code().isNone()
                        ? new InitProducerIdResponseData()
                                .setProducerId(given.producerId())
                                .setProducerEpoch((short) 0)
                        : failed(given.code())));
    }

    @Override
    public InitProducerIdResponseData errorResponse(
            InitProducerIdRequestData request, short version, ErrorCode code, @Nullable String message) {
        return failed(code);
    }

    private static InitProducerIdResponseData failed(ErrorCode code) {
        return new InitProducerIdResponseData()
                .setErrorCode(code.code())
                .setProducerId(-1)
                .setProducerEpoch((short) -1);
    }
}
