package io.daybook.benchmarks.floor;

import io.daybook.base.wire.Message;
import io.daybook.protocol.ApiKey;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * The answer to one request.
 *
 * @param api of the request
 * @param version of the request
 * @param correlationId of the request
 * @param due at which time (nanoseconds) it may leave
 * @param message made when it leaves
 */
record FloorAnswer(ApiKey api, short version, int correlationId, LongPredicate due, Supplier<Message> message) {}
