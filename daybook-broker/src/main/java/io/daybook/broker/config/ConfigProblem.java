package io.daybook.broker.config;

/**
 * Something wrong in a configuration.
 *
 * @param key the key it is about
 * @param message what is wrong, for an operator to read
 */
public record ConfigProblem(String key, String message) {}
