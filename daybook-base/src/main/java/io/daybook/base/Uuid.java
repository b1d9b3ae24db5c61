package io.daybook.base;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * A 128-bit identifier as Kafka writes it: 16 bytes on the wire, 22 characters of unpadded URL-safe Base64 for people.
 *
 * @param mostSignificantBits the first eight bytes, big-endian
 * @param leastSignificantBits the last eight bytes, big-endian
 */
public record Uuid(long mostSignificantBits, long leastSignificantBits) implements Comparable<Uuid> {
    /** "No identifier"; also what a message carries where a version has no identifier. */
    public static final Uuid ZERO = new Uuid(0, 0);

    /** Identifies the cluster metadata topic in Kafka; never given to a topic. */
    public static final Uuid METADATA_TOPIC = new Uuid(0, 1);

    /**
     * Parses what {@link #toString()} writes.
     *
     * @throws IllegalArgumentException if the text is not 22 characters of URL-safe Base64
     */
    public static Uuid parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not an identifier: '" + text + "'", e);
        }
        if (bytes.length != 16) {
            throw new IllegalArgumentException(
                    "not an identifier: '" + text + "' holds " + bytes.length + " bytes, 16 are needed");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Uuid(buffer.getLong(), buffer.getLong());
    }

    /** Whether this is a value that Kafka reserves, and that therefore must not name a new topic. */
    public boolean isReserved() {
        return equals(ZERO) || equals(METADATA_TOPIC);
    }

    @Override
    public int compareTo(Uuid other) {
        int most = Long.compare(mostSignificantBits, other.mostSignificantBits);
        return most != 0 ? most : Long.compare(leastSignificantBits, other.leastSignificantBits);
    }

    @Override
    public String toString() {
        ByteBuffer bytes = ByteBuffer.allocate(16);
        bytes.putLong(mostSignificantBits).putLong(leastSignificantBits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
