package io.daybook.log.local;

import io.daybook.base.Uuid;
import io.daybook.log.JournalConfig;
import io.daybook.runtime.BlockBuffers;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The head of an entry in a journal; behind it follow the name of the partition's directory and the bytes. The head has a
 * checksum of its own, so that what comes after damaged bytes can still be found.
 *
 * @param generation of the journal half
 * @param round of the flusher: what belongs to one round was synced together
 * @param topicId whose bytes they are
 * @param place where they belong
 * @param isLastOfRound the next entry begins at the next block
 * @param nameBytes how long the directory's name is
 * @param dataBytes how many bytes follow the name
 * @param bodyCrc over the name and the bytes
 */
record JournalEntry(
        long generation,
        long round,
        Uuid topicId,
        Place place,
        boolean isLastOfRound,
        int nameBytes,
        int dataBytes,
        int bodyCrc) {
    static final int HEADER_BYTES = 72;
    static final int MAX_NAME_BYTES = 1024;
    /** The segment of an entry that takes back all earlier ones of its partition. */
    private static final long NO_SEGMENT = -1;

    private static final short LAST_OF_ROUND = 1;
    private static final int MAGIC = 0x44424A31;
    /** Begins a file that holds nothing. */
    private static final int EMPTY_MAGIC = 0x44424A30;

    /**
     * Where bytes belong.
     *
     * @param segmentBase the base offset of the segment
     * @param position where they begin in it
     * @param endOffset with these bytes everything below this offset is durable; 0 if more of the batch follows
     */
    record Place(long segmentBase, int position, long endOffset) {
        static final Place NOWHERE = new Place(NO_SEGMENT, 0, 0);
    }

    /** Whether the partition's earlier entries are not needed any more: it was deleted, or its segments synced. */
    boolean isVoid() {
        return place.segmentBase == NO_SEGMENT;
    }

    int sizeBytes() {
        return HEADER_BYTES + nameBytes + dataBytes;
    }

    /** Where the entry behind this one begins, which itself begins at {@code position}. */
    long next(long position) {
        long end = position + sizeBytes();
        return isLastOfRound ? BlockBuffers.roundUp(end) : end;
    }

    JournalEntry asLastOfRound() {
        return new JournalEntry(generation, round, topicId, place, true, nameBytes, dataBytes, bodyCrc);
    }

    void writeTo(ByteBuffer target, int at) {
        target.putInt(at, MAGIC)
                .putLong(at + 8, generation)
                .putLong(at + 16, round)
                .putLong(at + 24, topicId.mostSignificantBits())
                .putLong(at + 32, topicId.leastSignificantBits())
                .putLong(at + 40, place.segmentBase)
                .putInt(at + 48, place.position)
                .putShort(at + 52, isLastOfRound ? LAST_OF_ROUND : 0)
                .putShort(at + 54, (short) nameBytes)
                .putInt(at + 56, dataBytes)
                .putInt(at + 60, bodyCrc)
                .putLong(at + 64, place.endOffset);
        target.putInt(at + 4, crc(target, at + 8, HEADER_BYTES - 8));
    }

    /** Whether there is the head of an entry at this place, whole and with lengths that can be. */
    static boolean isAt(ByteBuffer source, int at) {
        return source.limit() - at >= HEADER_BYTES
                && source.getInt(at) == MAGIC
                && source.getInt(at + 4) == crc(source, at + 8, HEADER_BYTES - 8)
                && source.getInt(at + 48) >= 0
                && (source.getShort(at + 52) & ~LAST_OF_ROUND) == 0
                && source.getShort(at + 54) > 0
                && source.getShort(at + 54) <= MAX_NAME_BYTES
                && source.getInt(at + 56) >= 0
                && source.getInt(at + 56) <= JournalConfig.MAX_ENTRY_BYTES;
    }

    static JournalEntry read(ByteBuffer source, int at) {
        return new JournalEntry(
                source.getLong(at + 8),
                source.getLong(at + 16),
                new Uuid(source.getLong(at + 24), source.getLong(at + 32)),
                new Place(source.getLong(at + 40), source.getInt(at + 48), source.getLong(at + 64)),
                source.getShort(at + 52) == LAST_OF_ROUND,
                source.getShort(at + 54),
                source.getInt(at + 56),
                source.getInt(at + 60));
    }

    /** The begin of a file that holds nothing, over the first bytes of what it held. */
    static void writeEmpty(ByteBuffer target, long generation) {
        target.putInt(0, EMPTY_MAGIC).putLong(8, generation);
        target.putInt(4, crc(target, 8, HEADER_BYTES - 8));
    }

    /** The last generation of a file that holds nothing, 0 if this is not the begin of one. */
    static long emptyGeneration(ByteBuffer source) {
        boolean is = source.limit() >= HEADER_BYTES
                && source.getInt(0) == EMPTY_MAGIC
                && source.getInt(4) == crc(source, 8, HEADER_BYTES - 8);
        return is ? source.getLong(8) : 0;
    }

    static int crc(ByteBuffer buffer, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(at, length));
        return (int) crc.getValue();
    }
}
