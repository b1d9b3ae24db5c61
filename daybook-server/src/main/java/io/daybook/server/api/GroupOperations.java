package io.daybook.server.api;

/** What a client may do with a group, as descriptions of groups tell it. */
final class GroupOperations {
    /** The client did not ask. */
    static final int NOT_ASKED = Integer.MIN_VALUE;

    private static final int READ = 1 << 3;
    private static final int DELETE = 1 << 6;
    private static final int DESCRIBE = 1 << 8;
    private static final int DESCRIBE_CONFIGS = 1 << 10;
    private static final int ALTER_CONFIGS = 1 << 11;

    private GroupOperations() {}

    /** Everything that can be done with a group; there is no access control yet. */
    static int allowed(boolean asked) {
        return asked ? READ | DELETE | DESCRIBE | DESCRIBE_CONFIGS | ALTER_CONFIGS : NOT_ASKED;
    }
}
