package io.daybook.broker.group;

import io.daybook.base.Uuid;
import io.daybook.runtime.RandomSource;

/** Identities that a script can name: the n-th identity that was made is shown as {@code #n}. */
final class CountingRandom implements RandomSource {
    private int count;

    @Override
    public long nextLong() {
        return ++count;
    }

    @Override
    public int nextInt(int bound) {
        return ++count % bound;
    }

    @Override
    public Uuid nextUuid() {
        return new Uuid(0, ++count);
    }

    /** Writes {@code name-IDENTITY} as {@code name#n}. */
    String shorten(String text) {
        String shortened = text;
        for (int i = count; i > 0; i--) {
            shortened = shortened.replace("-" + new Uuid(0, i), "#" + i);
        }
        return shortened;
    }

    /** The reverse of {@link #shorten} for one identity. */
    static String lengthen(String text) {
        int hash = text.indexOf('#');
        return hash < 0
                ? text
                : text.substring(0, hash) + "-" + new Uuid(0, Integer.parseInt(text.substring(hash + 1)));
    }
}
