package io.daybook.log;

/** Sequence numbers of a producer: from 0 to 2^31-1, then from 0 again. */
final class ProducerSequences {
    private ProducerSequences() {}

    /** Whether {@code next} may follow {@code last}; -1 stands for "nothing yet". */
    static boolean follows(int last, int next) {
        return next == last + 1L || (next == 0 && last == Integer.MAX_VALUE);
    }

    /** Whether {@code sequence} comes after {@code other}, seen from the nearer side of the circle. */
    static boolean isBehind(int sequence, int other) {
        int distance = (sequence - other) & Integer.MAX_VALUE;
        return distance != 0 && distance <= Integer.MAX_VALUE / 2;
    }

    /** The number {@code delta} steps before. */
    static int before(int sequence, int delta) {
        return sequence >= delta ? sequence - delta : Integer.MAX_VALUE - (delta - sequence) + 1;
    }
}
