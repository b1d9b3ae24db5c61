package io.daybook.base.wire;

import java.util.Arrays;

/** One tagged field that the reader did not know. Immutable; holds a copy of the content. */
public final class UnknownTaggedField {
    private final int tag;
    private final byte[] content;

    public UnknownTaggedField(int tag, byte[] content) {
        this.tag = tag;
        this.content = content.clone();
    }

    public int tag() {
        return tag;
    }

    /** A copy. */
    public byte[] content() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnknownTaggedField
                && tag == ((UnknownTaggedField) other).tag
                && Arrays.equals(content, ((UnknownTaggedField) other).content);
    }

    @Override
    public int hashCode() {
        return 31 * tag + Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return tag + ":" + Arrays.toString(content);
    }
}
