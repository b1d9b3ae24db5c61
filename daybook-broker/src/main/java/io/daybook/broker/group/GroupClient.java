package io.daybook.broker.group;

/**
 * Who sends a request, as group descriptions show it.
 *
 * @param clientId the client's own name for itself
 * @param clientHost its address, in Kafka's form with a leading slash
 */
public record GroupClient(String clientId, String clientHost) {}
