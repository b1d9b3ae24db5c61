package io.daybook.base.wire;

/** A message was asked for a version that it does not have, or that cannot carry one of its fields. */
public final class UnsupportedVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnsupportedVersionException(String message) {
        super(message);
    }

    /** Throws unless {@code version} lies in the inclusive range. */
    public static void check(String message, short version, short lowest, short highest) {
        if (version < lowest || version > highest) {
            throw new UnsupportedVersionException(
                    message + " has versions " + lowest + " to " + highest + ", not " + version);
        }
    }

    /** The named field is set, and the version has no place for it. */
    public static UnsupportedVersionException field(String field, short version) {
        return new UnsupportedVersionException("version " + version + " cannot carry " + field + ", which is set");
    }

    /** The named field is null, which the version cannot say. */
    public static UnsupportedVersionException nullField(String field, short version) {
        return new UnsupportedVersionException("version " + version + " cannot carry a null " + field);
    }
}
