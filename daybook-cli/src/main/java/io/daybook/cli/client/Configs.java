package io.daybook.cli.client;

import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import io.daybook.protocol.message.DescribeConfigsRequestData;
import io.daybook.protocol.message.DescribeConfigsRequestData.DescribeConfigsResource;
import io.daybook.protocol.message.DescribeConfigsResponseData;
import io.daybook.protocol.message.DescribeConfigsResponseData.DescribeConfigsResult;
import io.daybook.protocol.message.IncrementalAlterConfigsRequestData;
import io.daybook.protocol.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import io.daybook.protocol.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import io.daybook.protocol.message.IncrementalAlterConfigsResponseData;
import io.daybook.protocol.message.IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponseBroker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads and changes the settings of topics, brokers and groups. For one thread. */
public final class Configs {
    private static final byte SET = 0;
    private static final byte DELETE = 1;
    private static final byte SOURCE_DEFAULT = 5;
    private static final byte SOURCE_TOPIC = 1;

    private final ClusterClient client;

    /**
     * What settings belong to.
     *
     * @param type Kafka's number for the kind of resource
     * @param kind the kind in words
     * @param name the topic, the broker's number (empty: all brokers) or the group
     */
    public record Resource(byte type, String kind, String name) {
        private static final byte TOPIC = 2;
        private static final byte BROKER = 4;
        private static final byte GROUP = 32;

        /** A topic. */
        public static Resource topic(String name) {
            return new Resource(TOPIC, "topic", name);
        }

        /**
         * Parses {@code topic/NAME}, {@code broker}, {@code broker/ID}, {@code broker/default} or {@code group/NAME}.
         *
         * @throws CommandException if it is none of these
         */
        public static Resource parse(String text) {
            int slash = text.indexOf('/');
            String kind = slash < 0 ? text : text.substring(0, slash);
            String name = slash < 0 ? "" : text.substring(slash + 1);
            if (kind.equals("topic") && !name.isEmpty()) {
                return topic(name);
            }
            if (kind.equals("group") && !name.isEmpty()) {
                return new Resource(GROUP, "group", name);
            }
            if (kind.equals("broker") && (slash < 0 || !name.isEmpty())) {
                return new Resource(BROKER, "broker", slash < 0 ? "any" : name.equals("default") ? "" : name);
            }
            throw new CommandException(
                    ExitCode.USAGE,
                    "'" + text + "' does not name anything that has settings",
                    "topic/NAME, broker, broker/ID, broker/default (all brokers) or group/NAME");
        }

        boolean isBroker() {
            return type == BROKER;
        }

        @Override
        public String toString() {
            return name.isEmpty() ? "all brokers" : kind + " '" + name + "'";
        }
    }

    /**
     * One setting.
     *
     * @param name its key
     * @param value its value; null if it is a secret or not set
     * @param source where the value comes from, in words
     * @param isDefault whether nobody set it
     * @param readOnly whether it can change only with a restart
     * @param origins all places that say something about it, the one that wins first
     * @param documentation what it is for, if that was asked for
     */
    public record Setting(
            String name,
            @Nullable String value,
            String source,
            boolean isDefault,
            boolean readOnly,
            List<Origin> origins,
            @Nullable String documentation) {
        /** Makes the list unmodifiable. */
        public Setting {
            origins = List.copyOf(origins);
        }
    }

    /**
     * One place that gives a setting a value.
     *
     * @param key the key that is used there
     * @param value the value there
     * @param source the place, in words
     */
    public record Origin(String key, @Nullable String value, String source) {}

    /** Asks through {@code client}. */
    public Configs(ClusterClient client) {
        this.client = client;
    }

    /** Settings in the order of their names; all if {@code keys} is empty. */
    public List<Setting> describe(Resource resource, Collection<String> keys, boolean documentation) {
        Resource target = located(resource);
        DescribeConfigsResource asked = new DescribeConfigsResource()
                .setResourceType(target.type())
                .setResourceName(target.name())
                .setConfigurationKeys(keys.isEmpty() ? null : List.copyOf(keys));
        DescribeConfigsRequestData request = new DescribeConfigsRequestData()
                .setResources(List.of(asked))
                .setIncludeSynonyms(true)
                .setIncludeDocumentation(documentation);
        DescribeConfigsResponseData response =
                target.isBroker() && !target.name().isEmpty()
                        ? client.call(Integer.parseInt(target.name()), request, new DescribeConfigsResponseData())
                        : client.call(request, new DescribeConfigsResponseData());
        DescribeConfigsResult result = response.results().get(0);
        ProtocolException.check(result.errorCode(), target.toString(), result.errorMessage());
        List<Setting> settings = new ArrayList<>();
        for (DescribeConfigsResponseData.DescribeConfigsResourceResult each : result.configs()) {
            List<Origin> origins = new ArrayList<>();
            each.synonyms()
                    .forEach(synonym ->
                            origins.add(new Origin(synonym.name(), synonym.value(), sourceWords(synonym.source()))));
            settings.add(new Setting(
                    each.name(),
                    each.isSensitive() ? null : each.value(),
                    sourceWords(each.configSource()),
                    each.configSource() == SOURCE_DEFAULT,
                    each.readOnly(),
                    origins,
                    each.documentation()));
        }
        settings.sort(Comparator.comparing(Setting::name));
        return settings;
    }

    /** The settings that were made for this resource itself. */
    public Map<String, @Nullable Object> overrides(Resource resource) {
        Map<String, @Nullable Object> overrides = new TreeMap<>();
        String own = sourceWords(SOURCE_TOPIC);
        for (Setting each : describe(resource, List.of(), false)) {
            if (each.source().equals(own)) {
                overrides.put(each.name(), each.value());
            }
        }
        return overrides;
    }

    /** Sets and unsets; all or nothing. With {@code validateOnly} the broker only says whether it would. */
    public void change(Resource resource, Map<String, String> set, Collection<String> unset, boolean validateOnly) {
        Resource target = located(resource);
        List<AlterableConfig> changes = new ArrayList<>();
        set.forEach((key, value) -> changes.add(
                new AlterableConfig().setName(key).setConfigOperation(SET).setValue(value)));
        unset.forEach(key -> changes.add(
                new AlterableConfig().setName(key).setConfigOperation(DELETE).setValue(null)));
        IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData()
                .setResources(List.of(new AlterConfigsResource()
                        .setResourceType(target.type())
                        .setResourceName(target.name())
                        .setConfigs(changes)))
                .setValidateOnly(validateOnly);
        IncrementalAlterConfigsResponseData response = client.call(request, new IncrementalAlterConfigsResponseData());
        AlterConfigsResourceResponse result = response.responses().get(0);
        ProtocolException.check(result.errorCode(), target.toString(), result.errorMessage());
    }

    /** "broker" without a number is the only broker, or the first. */
    private Resource located(Resource resource) {
        if (!resource.isBroker() || !resource.name().equals("any")) {
            return resource;
        }
        int first = client.metadata(List.of(), false).brokers().stream()
                .mapToInt(MetadataResponseBroker::nodeId)
                .min()
                .orElse(0);
        return new Resource(resource.type(), resource.kind(), Integer.toString(first));
    }

    private static String sourceWords(byte source) {
        return switch (source) {
            case SOURCE_TOPIC -> "topic";
            case 2 -> "broker (changed while running)";
            case 3 -> "all brokers (changed while running)";
            case 4 -> "server.properties, environment or flag";
            case SOURCE_DEFAULT -> "default";
            case 6 -> "log level";
            case 7 -> "client metrics";
            case 8 -> "group";
            default -> "unknown";
        };
    }
}
