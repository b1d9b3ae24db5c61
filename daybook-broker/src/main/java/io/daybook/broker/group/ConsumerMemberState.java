package io.daybook.broker.group;

/** Where a member of a consumer-protocol group stands on its way to its target assignment. */
enum ConsumerMemberState {
    /** It has what it was to have at its epoch. */
    STABLE(0),
    /** It must give up partitions before it can go on. */
    UNREVOKED_PARTITIONS(1),
    /** It waits for partitions that others have not given up yet. */
    UNRELEASED_PARTITIONS(2),
    /** Written by a broker that knows more states. */
    UNKNOWN(127);

    private final byte id;

    ConsumerMemberState(int id) {
        this.id = (byte) id;
    }

    /** The number in Kafka's records. */
    byte id() {
        return id;
    }

    static ConsumerMemberState of(byte id) {
        for (ConsumerMemberState each : values()) {
            if (each.id == id) {
                return each;
            }
        }
        return UNKNOWN;
    }
}
