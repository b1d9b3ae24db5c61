package io.daybook.base.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Gzip by the JDK. */
final class GzipCodec {
    private static final int BUFFER_BYTES = 8 * 1024;

    private GzipCodec() {}

    static OutputStream compressor(OutputStream target, int level) throws IOException {
        return new Leveled(target, level);
    }

    static InputStream decompressor(InputStream source) throws IOException {
        return new GZIPInputStream(source, BUFFER_BYTES);
    }

    /** The JDK's stream has no parameter for the level. */
    private static final class Leveled extends GZIPOutputStream {
        Leveled(OutputStream target, int level) throws IOException {
            super(target, BUFFER_BYTES);
            def.setLevel(level);
        }
    }
}
