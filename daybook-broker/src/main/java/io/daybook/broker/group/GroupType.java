package io.daybook.broker.group;

/** The protocol by which a group's members are coordinated. */
public enum GroupType {
    /** JoinGroup and SyncGroup; a member assigns. Groups that only store offsets are of this type too. */
    CLASSIC("classic"),
    /** ConsumerGroupHeartbeat (KIP-848); the coordinator assigns. */
    CONSUMER("consumer");

    private final String label;

    GroupType(String label) {
        this.label = label;
    }

    /** Kafka's name for it. */
    public String label() {
        return label;
    }
}
