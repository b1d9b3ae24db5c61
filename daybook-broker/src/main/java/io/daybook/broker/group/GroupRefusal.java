package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import java.util.Optional;

/**
 * Why a request about a group is refused.
 *
 * @param code what the client acts on
 * @param message what a person reads; empty if the code says it all
 */
record GroupRefusal(ErrorCode code, String message) {
    static Optional<GroupRefusal> of(ErrorCode code, String message) {
        return Optional.of(new GroupRefusal(code, message));
    }
}
