package io.daybook.broker.group;

/** Where a classic group stands. A group that does not exist is called Dead. */
enum ClassicState {
    /** No members; it may have offsets. */
    EMPTY("Empty"),
    /** Waiting for its members to join the next generation. */
    PREPARING_REBALANCE("PreparingRebalance"),
    /** Waiting for the leader's assignment. */
    COMPLETING_REBALANCE("CompletingRebalance"),
    /** Everybody has an assignment. */
    STABLE("Stable");

    /** What Kafka calls a group that does not exist. */
    static final String DEAD_LABEL = "Dead";

    private final String label;

    ClassicState(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
