package io.daybook.log;

/**
 * What opening a log had to do.
 *
 * @param clean all that was found is known to be durable, and nothing was cut
 * @param scannedBytes what was checked batch by batch
 * @param cutBytes what was cut off at the end because it was not whole
 * @param cutAtOffset the offset at which the log now ends, if bytes were cut, else -1
 * @param reason why the bytes were cut, empty if none were
 */
public record RecoveryReport(boolean clean, long scannedBytes, long cutBytes, long cutAtOffset, String reason) {
    /** A log that was closed in order, or is new. */
    public static final RecoveryReport CLEAN = new RecoveryReport(true, 0, 0, -1, "");
}
