package io.daybook.base.wire;

/**
 * The bytes are not a message of the expected kind. Carries what was read, where, and the two numbers that contradict
 * each other. Without a stack trace: it is thrown at the pace at which strangers send garbage.
 */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message, null, false, false);
    }

    static MalformedMessageException tooFewBytes(String what, int position, long neededBytes, int remainingBytes) {
        return new MalformedMessageException(
                what + " at position " + position + " needs " + neededBytes + " bytes, " + remainingBytes + " remain");
    }
}
