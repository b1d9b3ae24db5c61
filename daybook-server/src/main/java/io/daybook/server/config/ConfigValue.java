package io.daybook.server.config;

/**
 * A value that somebody set.
 *
 * @param key the key
 * @param text the value as it was written
 * @param origin where
 */
public record ConfigValue(String key, String text, ConfigOrigin origin) {}
