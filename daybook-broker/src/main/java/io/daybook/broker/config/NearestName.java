package io.daybook.broker.config;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody who mistyped a name probably meant. */
final class NearestName {
    private static final int LONGEST = 128;

    private NearestName() {}

    /** The candidate with the fewest differing characters; empty if that is more than a third of the name. */
    static Optional<String> among(Collection<String> candidates, String name) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        int fewest = Math.max(2, name.length() / 3) + 1;
        Optional<String> nearest = Optional.empty();
        for (String candidate : candidates) {
            int distance = distance(candidate, name);
            if (distance < fewest) {
                fewest = distance;
                nearest = Optional.of(candidate);
            }
        }
        return nearest;
    }

    /** How many characters must be inserted, removed or replaced to turn one into the other. */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
