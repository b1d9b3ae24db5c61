package io.daybook.broker.topic;

import io.daybook.metadata.ConfigResource;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants to change in the configuration of one resource.
 *
 * @param resource which one
 * @param edits the changes to single keys
 * @param isComplete whether keys that are not named lose their values (AlterConfigs) or keep them (IncrementalAlterConfigs)
 */
public record ConfigAlteration(ConfigResource resource, List<Edit> edits, boolean isComplete) {
    /** Copies. */
    public ConfigAlteration {
        edits = List.copyOf(edits);
    }

    /** What happens to a key. */
    public enum Operation {
        /** It gets the value. */
        SET,
        /** It loses its value. */
        DELETE,
        /** Its list gets these words, as far as they are not in it. */
        APPEND,
        /** Its list loses these words. */
        SUBTRACT;

        /** Whether {@code id} is the number of one of these. */
        public static boolean isKnown(byte id) {
            return id >= 0 && id < values().length;
        }

        /** The operation with this number on the wire. */
        public static Operation of(byte id) {
            return values()[id];
        }
    }

    /**
     * A change to one key.
     *
     * @param key the key
     * @param operation what happens to it
     * @param value with what; empty where the request has none
     */
    public record Edit(String key, Operation operation, Optional<String> value) {}
}
