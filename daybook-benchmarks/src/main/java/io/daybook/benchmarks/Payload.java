package io.daybook.benchmarks;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * The value of a record: which partition it was sent to, its number there, when it was due, noise that does not compress,
 * and a checksum over all of it. One per thread that sends; the bytes are reused, as the producer copies them.
 */
final class Payload {
    static final int BYTES = 1024;
    private static final int CHECKED_BYTES = BYTES - Integer.BYTES;

    private final byte[] bytes = new byte[BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private final CRC32C crc = new CRC32C();

    Payload() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) random.nextInt();
        }
    }

    /** The bytes for this record; valid until the next call. */
    byte[] of(int partition, long sequence, long dueNanos) {
        buffer.putLong(0, sequence).putLong(Long.BYTES, dueNanos).putInt(2 * Long.BYTES, partition);
        buffer.putInt(CHECKED_BYTES, checksum(bytes, crc));
        return bytes;
    }

    static long sequence(byte[] value) {
        return ByteBuffer.wrap(value).getLong(0);
    }

    static long dueNanos(byte[] value) {
        return ByteBuffer.wrap(value).getLong(Long.BYTES);
    }

    static int partition(byte[] value) {
        return ByteBuffer.wrap(value).getInt(2 * Long.BYTES);
    }

    /** Whether the bytes are what one {@link #of} made. */
    static boolean isWhole(byte[] value, CRC32C crc) {
        return value.length == BYTES && ByteBuffer.wrap(value).getInt(CHECKED_BYTES) == checksum(value, crc);
    }

    private static int checksum(byte[] value, CRC32C crc) {
        crc.reset();
        crc.update(value, 0, CHECKED_BYTES);
        return (int) crc.getValue();
    }
}
