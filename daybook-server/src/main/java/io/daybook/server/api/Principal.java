package io.daybook.server.api;

/**
 * Who a client is, in Kafka's notation {@code User:name}.
 *
 * @param type usually {@code User}
 * @param name the name
 */
public record Principal(String type, String name) {
    /** Everybody who did not have to say who they are. */
    public static final Principal ANONYMOUS = new Principal("User", "ANONYMOUS");

    @Override
    public String toString() {
        return type + ":" + name;
    }
}
