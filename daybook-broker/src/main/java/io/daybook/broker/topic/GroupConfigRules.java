package io.daybook.broker.topic;

import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.ConfigKey;
import io.daybook.broker.config.GroupConfig;
import io.daybook.broker.config.GroupConfigKeys;
import java.util.Map;
import java.util.Optional;

/** What the configuration of a group must fulfil, in Kafka's words. */
final class GroupConfigRules {
    private GroupConfigRules() {}

    /** What is wrong with these as the whole of a group's own configuration; empty if nothing is. */
    static Optional<String> problem(BrokerConfig broker, Map<String, String> configs) {
        for (Map.Entry<String, String> config : configs.entrySet()) {
            Optional<ConfigKey<?>> key = GroupConfigKeys.ALL.find(config.getKey());
            Optional<String> problem = key.isEmpty()
                    ? Optional.of("Unknown group config name: " + config.getKey())
                    : key.get().problem(config.getValue());
            if (problem.isPresent()) {
                return problem;
            }
        }
        GroupConfig group = broker.group(configs);
        Optional<String> outside = outside(
                        broker,
                        group,
                        GroupConfigKeys.CONSUMER_HEARTBEAT_INTERVAL_MS,
                        BrokerConfigKeys.GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS,
                        BrokerConfigKeys.GROUP_CONSUMER_MAX_HEARTBEAT_INTERVAL_MS)
                .or(() -> outside(
                        broker,
                        group,
                        GroupConfigKeys.CONSUMER_SESSION_TIMEOUT_MS,
                        BrokerConfigKeys.GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS,
                        BrokerConfigKeys.GROUP_CONSUMER_MAX_SESSION_TIMEOUT_MS));
        if (outside.isPresent()) {
            return outside;
        }
        return group.get(GroupConfigKeys.CONSUMER_SESSION_TIMEOUT_MS)
                        > group.get(GroupConfigKeys.CONSUMER_HEARTBEAT_INTERVAL_MS)
                ? Optional.empty()
                : Optional.of("consumer.session.timeout.ms must be greater than consumer.heartbeat.interval.ms");
    }

    private static Optional<String> outside(
            BrokerConfig broker,
            GroupConfig group,
            ConfigKey<Integer> key,
            ConfigKey<Integer> least,
            ConfigKey<Integer> most) {
        int value = group.get(key);
        if (value < broker.get(least)) {
            return Optional.of(key + " must be greater than or equal to " + least);
        }
        return value > broker.get(most)
                ? Optional.of(key + " must be less than or equal to " + most)
                : Optional.empty();
    }
}
