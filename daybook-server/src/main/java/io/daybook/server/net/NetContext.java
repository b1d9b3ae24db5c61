package io.daybook.server.net;

import io.daybook.runtime.Ticker;

/**
 * What all connections of a server share. Safe for use by any thread.
 *
 * @param settings the bounds
 * @param ticker the clock
 * @param requests makes calls of frames
 * @param memory for the requests in flight
 * @param quota how many connections there may be
 * @param refusals bounds the log lines about bad input
 */
record NetContext(
        NetSettings settings,
        Ticker ticker,
        Requests requests,
        RequestMemory memory,
        ConnectionQuota quota,
        LimitedLog refusals) {}
