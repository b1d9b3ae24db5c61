package io.daybook.server.bootstrap;

/** Which Daybook this is. */
public final class Version {
    /** As in the ready line; a test holds it to the version of the build. */
    public static final String TEXT = "0.1.0";

    private Version() {}
}
