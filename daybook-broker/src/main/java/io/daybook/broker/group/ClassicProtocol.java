package io.daybook.broker.group;

/**
 * One way of assigning that a classic member supports.
 *
 * @param name for consumers the assignor's name
 * @param metadata for consumers the subscription
 */
public record ClassicProtocol(String name, OpaqueBytes metadata) {}
