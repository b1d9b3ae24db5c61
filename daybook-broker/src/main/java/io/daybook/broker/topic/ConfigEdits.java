package io.daybook.broker.topic;

import io.daybook.base.ErrorCode;
import io.daybook.broker.config.ConfigKey;
import io.daybook.broker.config.ConfigSchema;
import io.daybook.broker.config.ConfigType;
import io.daybook.broker.topic.ConfigAlteration.Edit;
import io.daybook.broker.topic.TopicCreation.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Applies the edits of one alteration to the values that are there. */
final class ConfigEdits {
    private final ConfigSchema schema;
    private final Function<ConfigKey<?>, Optional<String>> inherited;

    /** {@code inherited} is what a list begins with that has no value of its own. */
    ConfigEdits(ConfigSchema schema, Function<ConfigKey<?>, Optional<String>> inherited) {
        this.schema = schema;
        this.inherited = inherited;
    }

    /** What is wrong with the edits whatever the values are; empty if nothing is. */
    static Optional<Refusal> malformed(List<Edit> edits) {
        Set<String> keys = new HashSet<>();
        for (Edit edit : edits) {
            if (!keys.add(edit.key())) {
                return Optional.of(new Refusal(ErrorCode.INVALID_REQUEST, "Error due to duplicate config keys"));
            }
        }
        String withoutValue = edits.stream()
                .filter(edit -> edit.operation() != ConfigAlteration.Operation.DELETE
                        && edit.value().isEmpty())
                .map(Edit::key)
                .collect(Collectors.joining(","));
        return withoutValue.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(ErrorCode.INVALID_REQUEST, "Null value not supported for : " + withoutValue));
    }

    /** The first edit that its key cannot have; empty if there is none. */
    Optional<Refusal> unsuitable(List<Edit> edits) {
        for (Edit edit : edits) {
            boolean isForLists = edit.operation() == ConfigAlteration.Operation.APPEND
                    || edit.operation() == ConfigAlteration.Operation.SUBTRACT;
            Optional<ConfigKey<?>> key = schema.find(edit.key());
            if (isForLists && key.isPresent() && key.get().type() != ConfigType.LIST) {
                return Optional.of(new Refusal(
                        ErrorCode.INVALID_CONFIG,
                        "Can't " + edit.operation() + " to key " + edit.key() + " because its type is not LIST."));
            }
        }
        return Optional.empty();
    }

    /** The values after the edits, which are neither {@link #malformed} nor {@link #unsuitable}. */
    Map<String, String> apply(Map<String, String> before, ConfigAlteration alteration) {
        Map<String, String> after = new HashMap<>(alteration.isComplete() ? Map.of() : before);
        for (Edit edit : alteration.edits()) {
            String value = edit.value().orElse("");
            switch (edit.operation()) {
                case SET -> after.put(edit.key(), value);
                case DELETE -> after.remove(edit.key());
                case APPEND -> after.put(edit.key(), appended(list(after, edit.key()), parts(value)));
                case SUBTRACT -> after.put(edit.key(), subtracted(list(after, edit.key()), parts(value)));
            }
        }
        return after;
    }

    private List<String> list(Map<String, String> values, String key) {
        String own = values.get(key);
        if (own != null) {
            return parts(own);
        }
        return schema.find(key).flatMap(inherited).map(ConfigEdits::parts).orElse(List.of());
    }

    private static String appended(List<String> list, List<String> words) {
        List<String> result = new ArrayList<>(list);
        words.stream().filter(word -> !result.contains(word)).forEach(result::add);
        return String.join(",", result);
    }

    private static String subtracted(List<String> list, List<String> words) {
        List<String> result = new ArrayList<>(list);
        result.removeAll(words);
        return String.join(",", result);
    }

    private static List<String> parts(String text) {
        return Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
