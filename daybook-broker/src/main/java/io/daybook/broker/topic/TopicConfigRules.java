package io.daybook.broker.topic;

import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.ConfigKey;
import io.daybook.broker.config.TopicConfig;
import io.daybook.broker.config.TopicConfigKeys;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What the configuration of a topic must fulfil, in Kafka's words. */
final class TopicConfigRules {
    private static final int MAX_VALUE_BYTES = Short.MAX_VALUE;

    private TopicConfigRules() {}

    /** What is wrong with these as the whole of a topic's own configuration; empty if nothing is. */
    static Optional<String> problem(BrokerConfig broker, Map<String, String> configs) {
        for (Map.Entry<String, String> config : configs.entrySet()) {
            Optional<String> problem = problem(config.getKey(), config.getValue());
            if (problem.isPresent()) {
                return problem;
            }
        }
        if (Boolean.parseBoolean(configs.getOrDefault("remote.storage.enable", "false"))) {
            return Optional.of("Tiered Storage functionality is disabled in the broker. "
                    + "Topic cannot be configured with remote log storage.");
        }
        TopicConfig effective = broker.topic(configs);
        long minLagMs = effective.get(TopicConfigKeys.MIN_COMPACTION_LAG_MS);
        long maxLagMs = effective.get(TopicConfigKeys.MAX_COMPACTION_LAG_MS);
        return minLagMs <= maxLagMs
                ? Optional.empty()
                : Optional.of("conflict topic config setting min.compaction.lag.ms (" + minLagMs
                        + ") > max.compaction.lag.ms (" + maxLagMs + ")");
    }

    private static Optional<String> problem(String name, String value) {
        Optional<ConfigKey<?>> key = TopicConfigKeys.ALL.find(name);
        if (key.isEmpty()) {
            String hint = TopicConfigKeys.ALL
                    .nearest(name)
                    .map(nearest -> " (did you mean " + nearest + "?)")
                    .orElse("");
            return Optional.of("Unknown topic config name: " + name + hint);
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_BYTES) {
            return Optional.of("The configuration value cannot be added because it exceeds the maximum value size of "
                    + MAX_VALUE_BYTES + " bytes.");
        }
        return key.get().problem(value);
    }
}
