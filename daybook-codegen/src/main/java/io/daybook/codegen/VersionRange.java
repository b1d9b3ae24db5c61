package io.daybook.codegen;

/**
 * Versions from {@code lowest} to {@code highest}, both inclusive; {@link #NONE} has none.
 *
 * @param lowest not negative
 * @param highest {@link Short#MAX_VALUE} where the range is open
 */
record VersionRange(int lowest, int highest) {
    static final VersionRange NONE = new VersionRange(0, -1);

    /** Reads {@code none}, {@code 3}, {@code 3+} or {@code 3-5}. */
    static VersionRange parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equals("none")) {
            return NONE;
        }
        if (trimmed.endsWith("+")) {
            return new VersionRange(number(trimmed.substring(0, trimmed.length() - 1), text), Short.MAX_VALUE);
        }
        int dash = trimmed.indexOf('-');
        if (dash < 0) {
            int only = number(trimmed, text);
            return new VersionRange(only, only);
        }
        VersionRange range =
                new VersionRange(number(trimmed.substring(0, dash), text), number(trimmed.substring(dash + 1), text));
        if (range.isEmpty()) {
            throw new DescriptionException("the version range '" + text + "' ends before it begins");
        }
        return range;
    }

    private static int number(String digits, String text) {
        try {
            int number = Integer.parseInt(digits);
            if (number >= 0 && number < Short.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new DescriptionException("not a version range: '" + text + "'", e);
        }
        throw new DescriptionException("not a version range: '" + text + "'");
    }

    boolean isEmpty() {
        return highest < lowest;
    }

    boolean contains(VersionRange other) {
        return other.isEmpty() || (lowest <= other.lowest && other.highest <= highest);
    }

    boolean contains(int version) {
        return lowest <= version && version <= highest;
    }

    VersionRange intersect(VersionRange other) {
        VersionRange common = new VersionRange(Math.max(lowest, other.lowest), Math.min(highest, other.highest));
        return common.isEmpty() ? NONE : common;
    }

    /** A Java condition on {@code version} that tells these versions from the rest of {@code known}. */
    String conditionWithin(VersionRange known) {
        VersionRange here = intersect(known);
        if (here.isEmpty()) {
            return "false";
        }
        if (here.equals(known)) {
            return "true";
        }
        String low = "version >= " + here.lowest;
        String high = "version <= " + here.highest;
        if (here.lowest == here.highest) {
            return "version == " + here.lowest;
        }
        if (here.lowest == known.lowest) {
            return high;
        }
        return here.highest == known.highest ? low : low + " && " + high;
    }
}
