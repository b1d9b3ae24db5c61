package io.daybook.broker.fetch;

import io.daybook.broker.partition.Isolation;

/**
 * How much a fetch takes, and how long it waits for it.
 *
 * @param maxWaitMs how long it waits at most
 * @param minBytes it waits for so many bytes
 * @param maxBytes it takes at most so many bytes, but always one batch
 * @param isolation up to where it sees
 */
public record FetchLimits(int maxWaitMs, int minBytes, int maxBytes, Isolation isolation) {
    FetchLimits withoutWaiting() {
        return new FetchLimits(0, minBytes, maxBytes, isolation);
    }
}
