package io.daybook.broker.config;

import io.daybook.broker.config.DescribedConfig.Synonym;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Describes what holds and why: every key with its value, its source and its synonyms, in the order of the names. */
public final class ConfigDescriptions {
    private final BrokerConfig broker;

    /** Describes on the ground of what holds for the broker. */
    public ConfigDescriptions(BrokerConfig broker) {
        this.broker = broker;
    }

    /** Everything that holds for a topic with this configuration of its own. */
    public List<DescribedConfig> topic(Map<String, String> overrides) {
        TopicConfig effective = broker.topic(overrides);
        return sorted(TopicConfigKeys.ALL, key -> resource(key, overrides, ConfigSource.TOPIC, effective::text));
    }

    /** Everything that holds for a group with this configuration of its own. */
    public List<DescribedConfig> group(Map<String, String> overrides) {
        GroupConfig effective = broker.group(overrides);
        return sorted(GroupConfigKeys.ALL, key -> resource(key, overrides, ConfigSource.GROUP, effective::text));
    }

    /** Everything that holds for this broker, and what it was given that nobody knows. */
    public List<DescribedConfig> broker() {
        List<DescribedConfig> described = sorted(BrokerConfigKeys.ALL, this::brokerKey);
        described.removeIf(this::isUnlisted);
        for (String name : new TreeSet<>(broker.staticValues().keySet())) {
            if (BrokerConfigKeys.ALL.find(name).isEmpty()) {
                described.add(unknown(name));
            }
        }
        return described;
    }

    private boolean isUnlisted(DescribedConfig config) {
        boolean isListed = BrokerConfigKeys.ALL
                .find(config.name())
                .map(BrokerConfigKeys.ALL::isListed)
                .orElse(true);
        return !isListed && config.source() == ConfigSource.DEFAULT;
    }

    /** What is set as the default for all brokers. */
    public List<DescribedConfig> allBrokers() {
        return sorted(BrokerConfigKeys.ALL, this::brokerKey).stream()
                .filter(config -> broker.clusterValues().containsKey(config.name()))
                .map(config -> defaultOfAll(config))
                .toList();
    }

    private DescribedConfig defaultOfAll(DescribedConfig config) {
        Optional<String> value = shown(
                config.isSensitive(), Optional.ofNullable(broker.clusterValues().get(config.name())));
        return new DescribedConfig(
                config.name(),
                config.type(),
                value,
                ConfigSource.DYNAMIC_DEFAULT_BROKER,
                false,
                config.isSensitive(),
                List.of(new Synonym(config.name(), value, ConfigSource.DYNAMIC_DEFAULT_BROKER)),
                config.documentation());
    }

    private interface Describer {
        DescribedConfig describe(ConfigKey<?> key);
    }

    private interface EffectiveText {
        Optional<String> of(ConfigKey<?> key);
    }

    private static List<DescribedConfig> sorted(ConfigSchema schema, Describer describer) {
        List<DescribedConfig> described = new ArrayList<>();
        for (ConfigKey<?> key : schema.keys()) {
            described.add(describer.describe(key));
        }
        described.sort(Comparator.comparing(DescribedConfig::name));
        return described;
    }

    private DescribedConfig resource(
            ConfigKey<?> key, Map<String, String> overrides, ConfigSource own, EffectiveText effective) {
        List<Synonym> synonyms = new ArrayList<>();
        Optional.ofNullable(overrides.get(key.name()))
                .ifPresent(text -> synonyms.add(new Synonym(key.name(), Optional.of(text), own)));
        for (ConfigFallback synonym : ConfigFallback.of(key.name())) {
            BrokerConfigKeys.ALL.find(synonym.brokerKey()).ifPresent(broker -> addSynonyms(broker, synonyms));
        }
        if (ConfigFallback.of(key.name()).isEmpty()) {
            key.defaultText()
                    .ifPresent(text -> synonyms.add(new Synonym(key.name(), Optional.of(text), ConfigSource.DEFAULT)));
        }
        return described(key, effective.of(key), false, synonyms);
    }

    private DescribedConfig brokerKey(ConfigKey<?> key) {
        List<Synonym> synonyms = new ArrayList<>();
        addSynonyms(key, synonyms);
        for (String name : fallbacks(key.name())) {
            BrokerConfigKeys.ALL.find(name).ifPresent(fallback -> addSynonyms(fallback, synonyms));
        }
        Optional<String> value = broker.find(key).map(ConfigType::format);
        return described(key, value, key.scope() == ConfigScope.READ_ONLY, synonyms);
    }

    private static List<String> fallbacks(String name) {
        return switch (name) {
            case "log.retention.ms" -> List.of("log.retention.minutes", "log.retention.hours");
            case "log.retention.minutes" -> List.of("log.retention.hours");
            case "log.roll.ms" -> List.of("log.roll.hours");
            case "log.roll.jitter.ms" -> List.of("log.roll.jitter.hours");
            case "log.flush.interval.ms" -> List.of("log.flush.scheduler.interval.ms");
            default -> List.of();
        };
    }

    private void addSynonyms(ConfigKey<?> key, List<Synonym> synonyms) {
        String name = key.name();
        add(key, Optional.ofNullable(broker.brokerValues().get(name)), ConfigSource.DYNAMIC_BROKER, synonyms);
        add(key, Optional.ofNullable(broker.clusterValues().get(name)), ConfigSource.DYNAMIC_DEFAULT_BROKER, synonyms);
        add(key, Optional.ofNullable(broker.staticValues().get(name)), ConfigSource.STATIC_BROKER, synonyms);
        add(key, key.defaultText(), ConfigSource.DEFAULT, synonyms);
    }

    private static void add(ConfigKey<?> key, Optional<String> text, ConfigSource source, List<Synonym> synonyms) {
        if (text.isPresent()) {
            synonyms.add(new Synonym(key.name(), shown(key.isSensitive(), text), source));
        }
    }

    private static DescribedConfig described(
            ConfigKey<?> key, Optional<String> value, boolean isReadOnly, List<Synonym> synonyms) {
        return new DescribedConfig(
                key.name(),
                key.type(),
                shown(key.isSensitive(), value),
                synonyms.isEmpty() ? ConfigSource.DEFAULT : synonyms.get(0).source(),
                isReadOnly,
                key.isSensitive(),
                synonyms,
                key.documentation());
    }

    /** Whatever is not known might be a password. */
    private static DescribedConfig unknown(String name) {
        return new DescribedConfig(
                name,
                ConfigType.STRING,
                Optional.empty(),
                ConfigSource.STATIC_BROKER,
                true,
                true,
                List.of(),
                "Not known to Daybook.");
    }

    private static Optional<String> shown(boolean isSensitive, Optional<String> value) {
        return isSensitive ? Optional.empty() : value;
    }
}
