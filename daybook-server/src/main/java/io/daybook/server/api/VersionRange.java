package io.daybook.server.api;

/**
 * The versions of an API that are served, both ends inclusive.
 *
 * @param lowest the lowest version
 * @param highest the highest version
 */
public record VersionRange(short lowest, short highest) {
    public VersionRange {
        if (lowest < 0 || highest < lowest) {
            throw new IllegalArgumentException("not a range of versions: " + lowest + " to " + highest);
        }
    }

    /** The same with numbers that need no cast. */
    public static VersionRange of(int lowest, int highest) {
        return new VersionRange((short) lowest, (short) highest);
    }

    /** Whether the version is served. */
    public boolean contains(short version) {
        return version >= lowest && version <= highest;
    }

    @Override
    public String toString() {
        return lowest + ".." + highest;
    }
}
