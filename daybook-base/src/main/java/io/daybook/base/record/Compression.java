package io.daybook.base.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** How the records of a batch are compressed, framed as Kafka's clients do. A codec's classes are loaded on first use. */
public enum Compression {
    /** Not at all. */
    NONE("none", 0, 0, 0),
    /** Deflate in gzip's frame. */
    GZIP("gzip", 1, 9, -1),
    /** Snappy blocks in the frame of xerial's stream. */
    SNAPPY("snappy", 0, 0, 0),
    /** LZ4 blocks in an LZ4 frame. */
    LZ4("lz4", 1, 17, 9),
    /** Zstandard. */
    ZSTD("zstd", -131_072, 22, 3);

    private static final Compression[] BY_ID = values();

    private final String codecName;
    private final int minLevel;
    private final int maxLevel;
    private final int defaultLevel;

    Compression(String codecName, int minLevel, int maxLevel, int defaultLevel) {
        this.codecName = codecName;
        this.minLevel = minLevel;
        this.maxLevel = maxLevel;
        this.defaultLevel = defaultLevel;
    }

    /**
     * The codec of a number.
     *
     * @throws CorruptRecordException if there is none
     */
    public static Compression of(int id) {
        if (!isKnown(id)) {
            throw new CorruptRecordException("there is no compression of number " + id);
        }
        return BY_ID[id];
    }

    /** Whether there is a codec of this number. */
    public static boolean isKnown(int id) {
        return id >= 0 && id < BY_ID.length;
    }

    /** The codec of Kafka's name; empty if there is none. {@code uncompressed} is {@link #NONE} too. */
    public static Optional<Compression> named(String name) {
        for (Compression each : BY_ID) {
            if (each.codecName.equals(name)) {
                return Optional.of(each);
            }
        }
        return name.equals("uncompressed") ? Optional.of(NONE) : Optional.empty();
    }

    /** Its number in the attributes of a batch. */
    public int id() {
        return ordinal();
    }

    /** Kafka's name for it. */
    public String codecName() {
        return codecName;
    }

    /** The level that is used when none is asked for. */
    public int defaultLevel() {
        return defaultLevel;
    }

    /** Whether the codec has this level; one without levels takes its default only. */
    public boolean hasLevel(int level) {
        return level == defaultLevel || (level >= minLevel && level <= maxLevel && minLevel != maxLevel);
    }

    /** A stream that compresses into {@code target}; closing it ends the frame. */
    OutputStream compressor(OutputStream target, int level) throws IOException {
        return switch (this) {
            case NONE -> target;
            case GZIP -> GzipCodec.compressor(target, level);
            case SNAPPY -> SnappyCodec.compressor(target);
            case LZ4 -> Lz4Codec.compressor(target, level);
            case ZSTD -> ZstdCodec.compressor(target, level);
        };
    }

    /** A stream of what {@code compressed} holds. Memory is bounded by the codec's window, not by what the bytes claim. */
    InputStream decompressor(ByteBuffer compressed) throws IOException {
        ByteBufferInputStream source = new ByteBufferInputStream(compressed);
        return switch (this) {
            case NONE -> source;
            case GZIP -> GzipCodec.decompressor(source);
            case SNAPPY -> SnappyCodec.decompressor(source);
            case LZ4 -> Lz4Codec.decompressor(source);
            case ZSTD -> ZstdCodec.decompressor(source);
        };
    }
}
