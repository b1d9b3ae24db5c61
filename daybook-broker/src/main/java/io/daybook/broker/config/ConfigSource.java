package io.daybook.broker.config;

/** Where a value comes from, with the numbers that DescribeConfigs uses. */
public enum ConfigSource {
    TOPIC(1),
    DYNAMIC_BROKER(2),
    DYNAMIC_DEFAULT_BROKER(3),
    STATIC_BROKER(4),
    DEFAULT(5),
    DYNAMIC_BROKER_LOGGER(6),
    CLIENT_METRICS(7),
    GROUP(8);

    private final byte id;

    ConfigSource(int id) {
        this.id = (byte) id;
    }

    /** The number on the wire. */
    public byte id() {
        return id;
    }
}
