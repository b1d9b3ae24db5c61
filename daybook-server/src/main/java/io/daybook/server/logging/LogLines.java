package io.daybook.server.logging;

import io.daybook.runtime.Ticker;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/**
 * Formats and prints log lines, each in one call. Whatever strangers wrote into a value stays on its line: control
 * characters are escaped. Safe for use by any thread.
 */
final class LogLines {
    private static final long MS_PER_DAY = 86_400_000L;

    private final PrintStream out;
    private final Ticker ticker;

    LogLines(PrintStream out, Ticker ticker) {
        this.out = out;
        this.ticker = ticker;
    }

    /** {@code 2026-11-22T18:00:00.123Z WARN  Connections: connection closed connection=... [thread]} */
    void write(Level level, String logger, String message, List<KeyValuePair> pairs, @Nullable Throwable throwable) {
        StringBuilder line = new StringBuilder(160);
        appendTime(ticker.wallMs(), line);
        line.append(' ').append(level.name());
        if (level.name().length() < 5) {
            line.append(' ');
        }
        line.append(' ').append(logger.substring(logger.lastIndexOf('.') + 1)).append(": ");
        appendEscaped(message, line);
        for (KeyValuePair pair : pairs) {
            line.append(' ').append(pair.key).append('=');
            appendEscaped(String.valueOf(pair.value), line);
        }
        line.append(" [").append(Thread.currentThread().getName()).append("]").append(System.lineSeparator());
        if (throwable != null) {
            StringWriter trace = new StringWriter();
            throwable.printStackTrace(new PrintWriter(trace, true));
            line.append(trace);
        }
        out.print(line);
        out.flush();
    }

    private static void appendEscaped(@Nullable String text, StringBuilder line) {
        String shown = String.valueOf(text);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (c >= ' ' && c != 0x7f) {
                line.append(c);
            } else {
                line.append("\\x").append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
    }

    /** ISO 8601 in UTC. By hand: the JDK's formatter costs more than the rest of a start's logging. */
    private static void appendTime(long wallMs, StringBuilder line) {
        long days = Math.floorDiv(wallMs, MS_PER_DAY);
        int msOfDay = (int) Math.floorMod(wallMs, MS_PER_DAY);
        long shifted = days + 719_468; // days since 0000-03-01, the begin of a 400-year era
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        appendPadded((int) year, 4, line);
        appendPadded(month, 2, line.append('-'));
        appendPadded(day, 2, line.append('-'));
        appendPadded(msOfDay / 3_600_000, 2, line.append('T'));
        appendPadded(msOfDay / 60_000 % 60, 2, line.append(':'));
        appendPadded(msOfDay / 1_000 % 60, 2, line.append(':'));
        appendPadded(msOfDay % 1_000, 3, line.append('.'));
        line.append('Z');
    }

    private static void appendPadded(int number, int digits, StringBuilder line) {
        String text = Integer.toString(number);
        for (int i = text.length(); i < digits; i++) {
            line.append('0');
        }
        line.append(text);
    }
}
