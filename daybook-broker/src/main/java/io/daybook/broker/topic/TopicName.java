package io.daybook.broker.topic;

import java.util.Optional;
import java.util.Set;

/** What a topic may be called, and which names are Kafka's own. */
public final class TopicName {
    /** Where the group coordinator keeps its state. */
    public static final String CONSUMER_OFFSETS = "__consumer_offsets";

    /** Where the transaction coordinator keeps its state. */
    public static final String TRANSACTION_STATE = "__transaction_state";

    /** Where the share coordinator keeps its state. */
    public static final String SHARE_GROUP_STATE = "__share_group_state";

    private static final String CLUSTER_METADATA = "__cluster_metadata";
    private static final Set<String> INTERNAL = Set.of(CONSUMER_OFFSETS, TRANSACTION_STATE, SHARE_GROUP_STATE);
    private static final int MAX_LENGTH = 249;

    private TopicName() {}

    /** Whether a topic of this name holds the state of a coordinator. */
    public static boolean isInternal(String name) {
        return INTERNAL.contains(name);
    }

    /** Whether nobody may create a topic of this name, because tools take it for something else. */
    static boolean isProhibited(String name) {
        return name.equals(CLUSTER_METADATA);
    }

    /** Why a topic cannot have this name, in Kafka's words; empty if it can. */
    public static Optional<String> problem(String name) {
        return complaint(name).map(complaint -> "Topic name is invalid: " + complaint);
    }

    private static Optional<String> complaint(String name) {
        if (name.isEmpty()) {
            return Optional.of("the empty string is not allowed");
        }
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("'" + name + "' is not allowed");
        }
        if (name.length() > MAX_LENGTH) {
            return Optional.of("the length of '" + name + "' is longer than the max allowed length " + MAX_LENGTH);
        }
        if (!name.chars().allMatch(TopicName::isAllowed)) {
            return Optional.of(
                    "'" + name + "' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'");
        }
        return Optional.empty();
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
