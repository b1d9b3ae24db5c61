package io.daybook.broker.topic;

import io.daybook.base.ErrorCode;
import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.ConfigDescriptions;
import io.daybook.broker.config.ConfigKey;
import io.daybook.broker.config.ConfigScope;
import io.daybook.broker.config.DescribedConfig;
import io.daybook.broker.config.GroupConfigKeys;
import io.daybook.broker.config.LiveConfig;
import io.daybook.broker.config.TopicConfigKeys;
import io.daybook.broker.topic.TopicCreation.Refusal;
import io.daybook.metadata.ConfigResource;
import io.daybook.metadata.MetadataChange;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.MetadataWriter;
import io.daybook.metadata.MetadataWriter.Decided;
import io.daybook.metadata.TopicImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Describes and changes the configuration of topics, groups, this broker and all brokers. For any thread; changes are
 * answered on the metadata shard once they are durable. The resources of one request are independent.
 */
public final class ConfigService {
    private final MetadataWriter writer;
    private final LiveConfig config;

    /** Changes configurations through this writer. */
    public ConfigService(MetadataWriter writer, LiveConfig config) {
        this.writer = writer;
        this.config = config;
    }

    /** What exists now, as far as it is durable. */
    public MetadataImage image() {
        return writer.image();
    }

    /** Everything that holds for a topic with this configuration of its own, with where it comes from. */
    public List<DescribedConfig> describeTopic(Map<String, String> overrides) {
        return new ConfigDescriptions(config.current()).topic(overrides);
    }

    /** Everything that holds for a resource, with where it comes from. */
    public ConfigView describe(ConfigResource resource) {
        MetadataImage image = writer.image();
        ConfigDescriptions descriptions = new ConfigDescriptions(config.current());
        return switch (resource.type()) {
            case TOPIC -> describeTopic(image, resource.name());
            case BROKER -> describeBroker(descriptions, resource.name());
            case GROUP ->
                resource.name().isEmpty()
                        ? ConfigView.refused(ErrorCode.INVALID_REQUEST, "Group name must not be empty")
                        : ConfigView.of(descriptions.group(image.configs(resource)));
            case CLIENT_METRICS ->
                resource.name().isEmpty()
                        ? ConfigView.refused(
                                ErrorCode.INVALID_REQUEST, "Client metrics subscription name must not be empty")
                        : ConfigView.of(List.of());
            case BROKER_LOGGER ->
                ConfigView.refused(ErrorCode.INVALID_REQUEST, "The levels of loggers are not kept here.");
        };
    }

    /**
     * Changes configurations.
     *
     * @param validateOnly whether to answer only what would happen
     */
    public CompletableFuture<List<ConfigOutcome>> alter(List<ConfigAlteration> alterations, boolean validateOnly) {
        List<ConfigAlteration> fixed = List.copyOf(alterations);
        Map<ConfigResource, Integer> timesNamed = new HashMap<>();
        fixed.forEach(alteration -> timesNamed.merge(alteration.resource(), 1, Integer::sum));
        return writer.submit(
                image -> {
                    MetadataImage working = image;
                    List<MetadataChange> changes = new ArrayList<>();
                    List<ConfigOutcome> outcomes = new ArrayList<>(fixed.size());
                    for (ConfigAlteration alteration : fixed) {
                        Decided<ConfigOutcome> decided = timesNamed.getOrDefault(alteration.resource(), 0) > 1
                                ? refused(
                                        alteration,
                                        ErrorCode.INVALID_REQUEST,
                                        "Each resource must appear at most once.")
                                : alter(working, alteration);
                        for (MetadataChange change : decided.changes()) {
                            working = change.applyTo(working);
                        }
                        changes.addAll(decided.changes());
                        outcomes.add(decided.answer());
                    }
                    return new Decided<>(validateOnly ? List.of() : changes, outcomes);
                },
                failure -> fixed.stream()
                        .map(each -> new ConfigOutcome(each.resource(), failure, ErrorMessages.of(failure)))
                        .toList());
    }

    private ConfigView describeTopic(MetadataImage image, String name) {
        Optional<String> problem = TopicName.problem(name);
        if (problem.isPresent()) {
            return ConfigView.refused(ErrorCode.INVALID_TOPIC_EXCEPTION, problem.get());
        }
        return image.topic(name)
                .map(topic -> ConfigView.of(describeTopic(topic.configs())))
                .orElseGet(() -> ConfigView.refused(
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorMessages.UNKNOWN_TOPIC_OR_PARTITION));
    }

    private ConfigView describeBroker(ConfigDescriptions descriptions, String name) {
        if (name.isEmpty()) {
            return ConfigView.of(descriptions.allBrokers());
        }
        int brokerId = config.current().get(BrokerConfigKeys.NODE_ID);
        if (!name.chars().allMatch(c -> c >= '0' && c <= '9' || c == '-')) {
            return ConfigView.refused(ErrorCode.INVALID_REQUEST, "Broker id must be an integer, but it is: " + name);
        }
        if (!name.equals(Integer.toString(brokerId))) {
            return ConfigView.refused(
                    ErrorCode.INVALID_REQUEST,
                    "Unexpected broker id, expected " + brokerId + " or empty string, but received " + name);
        }
        return ConfigView.of(descriptions.broker());
    }

    private Decided<ConfigOutcome> alter(MetadataImage image, ConfigAlteration alteration) {
        Optional<Refusal> malformed = ConfigEdits.malformed(alteration.edits());
        if (malformed.isPresent()) {
            return refused(alteration, malformed.get().code(), malformed.get().message());
        }
        return switch (alteration.resource().type()) {
            case TOPIC -> alterTopic(image, alteration);
            case BROKER -> alterBroker(image, alteration);
            case GROUP -> alterGroup(image, alteration);
            case CLIENT_METRICS ->
                refused(alteration, ErrorCode.INVALID_REQUEST, "This broker does not collect metrics of clients.");
            case BROKER_LOGGER ->
                refused(alteration, ErrorCode.INVALID_REQUEST, "The levels of loggers are not kept here.");
        };
    }

    private Decided<ConfigOutcome> alterTopic(MetadataImage image, ConfigAlteration alteration) {
        String name = alteration.resource().name();
        if (name.isEmpty()) {
            return refused(alteration, ErrorCode.INVALID_REQUEST, "Default topic resources are not allowed.");
        }
        Optional<String> problem = TopicName.problem(name);
        if (problem.isPresent()) {
            return refused(alteration, ErrorCode.INVALID_TOPIC_EXCEPTION, problem.get());
        }
        Optional<TopicImage> topic = image.topic(name);
        if (topic.isEmpty()) {
            return refused(alteration, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorMessages.UNKNOWN_TOPIC_OR_PARTITION);
        }
        BrokerConfig broker = config.current();
        Map<String, DescribedConfig> inherited = new ConfigDescriptions(broker)
                .topic(Map.of()).stream().collect(Collectors.toMap(DescribedConfig::name, each -> each));
        ConfigEdits edits = new ConfigEdits(TopicConfigKeys.ALL, key -> Optional.ofNullable(inherited.get(key.name()))
                .flatMap(DescribedConfig::value));
        Optional<Refusal> unsuitable = edits.unsuitable(alteration.edits());
        if (unsuitable.isPresent()) {
            return refused(alteration, unsuitable.get().code(), unsuitable.get().message());
        }
        Map<String, String> after = edits.apply(topic.get().configs(), alteration);
        Optional<String> wrong = TopicConfigRules.problem(broker, after);
        return wrong.isPresent()
                ? refused(alteration, ErrorCode.INVALID_CONFIG, wrong.get())
                : changed(alteration, topic.get().configs(), after);
    }

    private Decided<ConfigOutcome> alterGroup(MetadataImage image, ConfigAlteration alteration) {
        if (alteration.resource().name().isEmpty()) {
            return refused(alteration, ErrorCode.INVALID_REQUEST, "Default group resources are not allowed.");
        }
        ConfigEdits edits = new ConfigEdits(GroupConfigKeys.ALL, ConfigKey::defaultText);
        Optional<Refusal> unsuitable = edits.unsuitable(alteration.edits());
        if (unsuitable.isPresent()) {
            return refused(alteration, unsuitable.get().code(), unsuitable.get().message());
        }
        Map<String, String> before = image.configs(alteration.resource());
        Map<String, String> after = edits.apply(before, alteration);
        Optional<String> wrong = GroupConfigRules.problem(config.current(), after);
        return wrong.isPresent()
                ? refused(alteration, ErrorCode.INVALID_CONFIG, wrong.get())
                : changed(alteration, before, after);
    }

    private Decided<ConfigOutcome> alterBroker(MetadataImage image, ConfigAlteration alteration) {
        String name = alteration.resource().name();
        int brokerId = config.current().get(BrokerConfigKeys.NODE_ID);
        if (!name.isEmpty() && !name.equals(Integer.toString(brokerId))) {
            boolean isNumber = name.chars().allMatch(c -> c >= '0' && c <= '9' || c == '-');
            return refused(
                    alteration,
                    ErrorCode.INVALID_REQUEST,
                    isNumber
                            ? "Unexpected broker id, expected " + brokerId + ", but received " + name
                            : "Node id must be an integer, but it is: " + name);
        }
        ConfigEdits edits = new ConfigEdits(
                BrokerConfigKeys.ALL, key -> config.current().find(key).map(ConfigKey::format));
        Optional<Refusal> refusal = dynamicRefusal(alteration).or(() -> edits.unsuitable(alteration.edits()));
        if (refusal.isPresent()) {
            return refused(alteration, refusal.get().code(), refusal.get().message());
        }
        Map<String, String> before = image.configs(alteration.resource());
        Map<String, String> after = edits.apply(before, alteration);
        for (Map.Entry<String, String> entry : after.entrySet()) {
            Optional<String> problem =
                    BrokerConfigKeys.ALL.find(entry.getKey()).flatMap(key -> key.problem(entry.getValue()));
            if (problem.isPresent()) {
                return refused(alteration, ErrorCode.INVALID_REQUEST, problem.get());
            }
        }
        return inheritanceProblem(alteration, after)
                .map(problem -> refused(alteration, ErrorCode.INVALID_REQUEST, problem))
                .orElseGet(() -> changed(alteration, before, after));
    }

    private Optional<String> inheritanceProblem(ConfigAlteration alteration, Map<String, String> after) {
        BrokerConfig now = config.current();
        boolean isForAll = alteration.resource().equals(ConfigResource.ALL_BROKERS);
        try {
            now.withDynamic(isForAll ? after : now.clusterValues(), isForAll ? now.brokerValues() : after);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Why these keys cannot be changed while the broker runs; empty if they can. */
    private static Optional<Refusal> dynamicRefusal(ConfigAlteration alteration) {
        boolean isForAll = alteration.resource().equals(ConfigResource.ALL_BROKERS);
        TreeSet<String> readOnly = new TreeSet<>();
        TreeSet<String> perBroker = new TreeSet<>();
        for (ConfigAlteration.Edit edit : alteration.edits()) {
            Optional<ConfigKey<?>> key = BrokerConfigKeys.ALL.find(edit.key());
            if (key.isEmpty()) {
                return Optional.of(new Refusal(
                        ErrorCode.INVALID_CONFIG,
                        "Unknown broker config name: " + edit.key()
                                + BrokerConfigKeys.ALL
                                        .nearest(edit.key())
                                        .map(nearest -> " (did you mean " + nearest + "?)")
                                        .orElse("")));
            }
            if (key.get().scope() == ConfigScope.READ_ONLY) {
                readOnly.add(edit.key());
            } else if (isForAll && key.get().scope() == ConfigScope.PER_BROKER) {
                perBroker.add(edit.key());
            }
        }
        if (!readOnly.isEmpty()) {
            return Optional.of(
                    new Refusal(ErrorCode.INVALID_REQUEST, "Cannot update these configs dynamically: " + readOnly));
        }
        return perBroker.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        ErrorCode.INVALID_REQUEST,
                        "Cannot update these configs at default cluster level, broker id must be specified: "
                                + perBroker));
    }

    private static Decided<ConfigOutcome> changed(
            ConfigAlteration alteration, Map<String, String> before, Map<String, String> after) {
        ConfigResource resource = alteration.resource();
        List<MetadataChange> changes = new ArrayList<>();
        for (String key : new TreeSet<>(before.keySet())) {
            if (!after.containsKey(key)) {
                changes.add(new MetadataChange.ConfigSet(resource, key, Optional.empty()));
            }
        }
        after.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                changes.add(new MetadataChange.ConfigSet(resource, key, Optional.of(value)));
            }
        });
        return new Decided<>(changes, new ConfigOutcome(resource, ErrorCode.NONE, ""));
    }

    private static Decided<ConfigOutcome> refused(ConfigAlteration alteration, ErrorCode code, String message) {
        return Decided.unchanged(new ConfigOutcome(alteration.resource(), code, message));
    }
}
