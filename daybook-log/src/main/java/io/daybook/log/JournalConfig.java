package io.daybook.log;

import io.daybook.runtime.Disk;

/**
 * How the journal of a drive uses its space. The simulation takes little of it, so that all of this happens often.
 *
 * @param fileBytes when a file holds so much, the next one is filled; a multiple of {@link Disk#BLOCK_BYTES}, in which
 *     every round takes whole blocks
 * @param entryBytes a longer run is split into entries of at most so many bytes; 64 KiB at most
 * @param directRunBytes a run of at least this length is synced in its segment: copying it would cost more than one more
 *     sync
 * @param heldBytes so much of a segment waits in memory, to be written at once when the journal has it; 0 for none
 */
public record JournalConfig(long fileBytes, int entryBytes, int directRunBytes, int heldBytes) {
    /** What an entry can hold. */
    public static final int MAX_ENTRY_BYTES = 64 << 10;
    /** Less than that does not leave room for the names. */
    public static final int MIN_ENTRY_BYTES = 512;

    /** For a server. */
    public static final JournalConfig DEFAULTS = new JournalConfig(32L << 20, MAX_ENTRY_BYTES, 192 << 10, 128 << 10);

    /** Checks the lengths. */
    public JournalConfig {
        if (fileBytes <= 0 || fileBytes % Disk.BLOCK_BYTES != 0) {
            throw new IllegalArgumentException(
                    "files of a journal are multiples of " + Disk.BLOCK_BYTES + " bytes, not " + fileBytes);
        }
        if (entryBytes < MIN_ENTRY_BYTES || entryBytes > MAX_ENTRY_BYTES) {
            throw new IllegalArgumentException("entries of a journal hold " + MIN_ENTRY_BYTES + " to " + MAX_ENTRY_BYTES
                    + " bytes, not " + entryBytes);
        }
    }
}
