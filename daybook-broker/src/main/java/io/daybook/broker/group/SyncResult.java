package io.daybook.broker.group;

import io.daybook.base.ErrorCode;

/**
 * The answer to a {@link SyncRequest}.
 *
 * @param protocolType empty on an error
 * @param protocolName empty on an error
 * @param assignment what the leader assigned; empty on an error
 */
public record SyncResult(ErrorCode code, String protocolType, String protocolName, OpaqueBytes assignment) {
    /** No assignment. */
    public static SyncResult failed(ErrorCode code) {
        return new SyncResult(code, "", "", OpaqueBytes.EMPTY);
    }
}
