package io.daybook.cli.client;

import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;

/**
 * A place in a partition, as people name it: {@code start}, {@code end}, {@code 42} (an offset), {@code -10} (ten before
 * the end), {@code @2h} (two hours ago), {@code @2026-01-31} or {@code @2026-01-31T12:00:00Z}.
 *
 * @param kind how {@code value} is meant
 * @param value an offset, a count before the end, or milliseconds since the epoch
 */
public record OffsetSpec(Kind kind, long value) {
    /** The kinds of places. */
    public enum Kind {
        /** The first record that is there. */
        START,
        /** Behind the last record. */
        END,
        /** An offset. */
        ABSOLUTE,
        /** A count of records before the end. */
        BEFORE_END,
        /** The first record with this timestamp or a later one. */
        TIME
    }

    /** The first record that is there. */
    public static final OffsetSpec START = new OffsetSpec(Kind.START, 0);

    /** Behind the last record. */
    public static final OffsetSpec END = new OffsetSpec(Kind.END, 0);

    /**
     * Parses what a person typed.
     *
     * @param nowMs what "ago" counts from
     * @throws CommandException if it is none of the forms
     */
    public static OffsetSpec parse(String text, long nowMs) {
        try {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "start", "beginning", "earliest" -> START;
                case "end", "latest" -> END;
                default -> text.startsWith("@") ? time(text.substring(1), nowMs) : number(Long.parseLong(text));
            };
        } catch (NumberFormatException | DateTimeException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "'" + text + "' is not a place in a topic",
                    "start, end, an offset, -10 (before the end), @2h (ago) or @2026-01-31T12:00:00Z");
        }
    }

    private static OffsetSpec number(long number) {
        return number < 0 ? new OffsetSpec(Kind.BEFORE_END, -number) : new OffsetSpec(Kind.ABSOLUTE, number);
    }

    private static OffsetSpec time(String text, long nowMs) {
        if (!text.isEmpty() && Character.isLetter(text.charAt(text.length() - 1)) && !text.endsWith("Z")) {
            return new OffsetSpec(Kind.TIME, nowMs - Durations.parseMs(text));
        }
        if (text.chars().allMatch(Character::isDigit)) {
            return new OffsetSpec(Kind.TIME, Long.parseLong(text));
        }
        Instant instant;
        if (text.endsWith("Z") || text.lastIndexOf('+') > 0) {
            instant = java.time.OffsetDateTime.parse(text).toInstant();
        } else if (text.indexOf('T') > 0) {
            instant = LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
        } else {
            instant = LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
        }
        return new OffsetSpec(Kind.TIME, instant.toEpochMilli());
    }
}
