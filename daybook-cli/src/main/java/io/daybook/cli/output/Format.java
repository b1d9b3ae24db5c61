package io.daybook.cli.output;

/** The forms of {@code -o}. The constants are lower case because they are what the user types. */
public enum Format {
    /** Aligned columns for people. */
    table,
    /** One JSON array or object. */
    json,
    /** One YAML document. */
    yaml,
    /** The first column only, a line each: for shell loops. */
    name
}
