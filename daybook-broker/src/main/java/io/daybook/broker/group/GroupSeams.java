package io.daybook.broker.group;

import io.daybook.metadata.MetadataImage;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Ticker;
import java.util.function.Supplier;

/**
 * What group coordination takes from outside.
 *
 * @param ticker the time; safe for use by any thread
 * @param random for new identities; safe for use by any thread
 * @param config the configuration as it is now; safe for use by any thread
 * @param metadata what exists now; safe for use by any thread
 */
public record GroupSeams(
        Ticker ticker, RandomSource random, Supplier<GroupConfig> config, Supplier<MetadataImage> metadata) {}
