package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.broker.coordinator.Coordinator;
import io.daybook.metadata.MetadataImage;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Ticker;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the decisions of one coordinator work with. Owned by the coordinator's shard.
 *
 * @param coordinator where records go, and what waits for them
 * @param state what the records made
 * @param ticker the time
 * @param random for new identities
 * @param config asked anew for each decision
 * @param metadata what exists; asked anew for each decision
 */
record GroupContext(
        Coordinator<GroupRecord> coordinator,
        GroupState state,
        Ticker ticker,
        RandomSource random,
        Supplier<GroupConfig> config,
        Supplier<MetadataImage> metadata) {
    long nowMs() {
        return ticker.wallMs();
    }

    /** Answers when all that was appended so far is durable; with what {@code failed} makes of the code if it never is. */
    <T> void answer(CompletableFuture<T> answer, T result, Function<ErrorCode, T> failed) {
        coordinator.afterDurable(code -> answer.complete(code.isNone() ? result : failed.apply(code)));
    }
}
