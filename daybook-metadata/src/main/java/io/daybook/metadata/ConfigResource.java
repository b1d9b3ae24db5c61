package io.daybook.metadata;

/**
 * What a configuration belongs to.
 *
 * @param type the kind of thing
 * @param name its name; for a broker its number in decimal, or empty for the default of all brokers
 */
public record ConfigResource(Type type, String name) implements Comparable<ConfigResource> {
    /** The dynamic defaults that hold for every broker. */
    public static final ConfigResource ALL_BROKERS = new ConfigResource(Type.BROKER, "");

    /** The kinds of things that have a configuration, with Kafka's numbers. */
    public enum Type {
        TOPIC(2),
        BROKER(4),
        BROKER_LOGGER(8),
        CLIENT_METRICS(16),
        GROUP(32);

        private final byte id;

        Type(int id) {
            this.id = (byte) id;
        }

        /** The number on the wire. */
        public byte id() {
            return id;
        }

        /** Whether {@code id} is the number of one of these. */
        public static boolean isKnown(byte id) {
            for (Type each : values()) {
                if (each.id == id) {
                    return true;
                }
            }
            return false;
        }

        /**
         * The kind with this number.
         *
         * @throws IllegalArgumentException if there is none; see {@link #isKnown}
         */
        public static Type of(byte id) {
            for (Type each : values()) {
                if (each.id == id) {
                    return each;
                }
            }
            throw new IllegalArgumentException("no kind of resource has the number " + id);
        }
    }

    /** The configuration of a topic. */
    public static ConfigResource topic(String name) {
        return new ConfigResource(Type.TOPIC, name);
    }

    /** The configuration of a group. */
    public static ConfigResource group(String groupId) {
        return new ConfigResource(Type.GROUP, groupId);
    }

    /** The dynamic configuration of one broker. */
    public static ConfigResource broker(int brokerId) {
        return new ConfigResource(Type.BROKER, Integer.toString(brokerId));
    }

    @Override
    public int compareTo(ConfigResource other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : name.compareTo(other.name);
    }
}
