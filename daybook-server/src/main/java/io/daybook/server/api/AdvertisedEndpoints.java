package io.daybook.server.api;

/**
 * Under which address this broker tells a client to find it: {@code advertised.listeners} of the listener that the request
 * came by, or, where that is not set, the address that the client connected to.
 */
@FunctionalInterface
public interface AdvertisedEndpoints {
    /** The address for the client of this request. */
    Endpoint forClientOf(RequestContext context);
}
