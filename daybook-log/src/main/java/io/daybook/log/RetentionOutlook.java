package io.daybook.log;

/**
 * What is known of a closed log that says whether retention could delete anything of it. While the log stays closed it does
 * not change, so that only time and settings decide whether it has to be opened. It errs on the side of opening.
 *
 * @param firstMs a time of which the youngest record of the first segment is, or a later one
 * @param bytesBehindFirst the bytes of all segments but the first, or {@link #NO_SIZES}
 * @param isUncertain whether only opening the log tells more, or tidies it up
 */
public record RetentionOutlook(long firstMs, long bytesBehindFirst, boolean isUncertain) {
    /** Nobody looked at the sizes. */
    public static final long NO_SIZES = -1;

    /** No time is known: time alone makes it due. */
    static final long NO_TIME = 0;

    /** The log has no records. */
    public static final RetentionOutlook NOTHING = new RetentionOutlook(Long.MAX_VALUE, 0, false);

    /** Only opening the log tells. */
    public static final RetentionOutlook UNCERTAIN = new RetentionOutlook(NO_TIME, Long.MAX_VALUE, true);

    /** Whether the settings ask for something that it does not know. */
    public boolean lacksSizesFor(LogConfig.Retention settings) {
        return bytesBehindFirst == NO_SIZES && needsSizes(settings);
    }

    /** Whether the sizes of a log matter. */
    public static boolean needsSizes(LogConfig.Retention settings) {
        return settings.delete() && settings.retentionBytes() >= 0;
    }

    /** Whether the log must be opened to find out what has to go. */
    public boolean mayDelete(LogConfig.Retention settings, long nowMs) {
        if (equals(NOTHING)) {
            return false;
        }
        if (isUncertain || !settings.delete()) {
            return isUncertain;
        }
        boolean old = settings.retentionMs() >= 0 && nowMs - firstMs > settings.retentionMs();
        boolean over = settings.retentionBytes() >= 0 && bytesBehindFirst >= settings.retentionBytes();
        return old || over;
    }
}
