package io.daybook.broker.config;

/** Where a configuration of the broker may be changed while it runs. */
public enum ConfigScope {
    /** Nowhere: it needs a restart. */
    READ_ONLY,
    /** For each broker on its own. */
    PER_BROKER,
    /** For each broker, or for all of them as a default. */
    CLUSTER_WIDE
}
