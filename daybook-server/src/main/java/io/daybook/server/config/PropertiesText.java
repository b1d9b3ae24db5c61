package io.daybook.server.config;

import java.util.ArrayList;
import java.util.List;

/** Parses the format of {@link java.util.Properties}, and keeps the line numbers, which that class forgets. */
public final class PropertiesText {
    private static final int HEX = 16;
    private static final int UNICODE_DIGITS = 4;

    private final String text;
    private int position;
    private int line = 1;

    private PropertiesText(String text) {
        this.text = text;
    }

    /**
     * One entry.
     *
     * @param key the key, escapes resolved
     * @param value the value, escapes resolved
     * @param line the line on which it begins, from 1
     */
    public record Entry(String key, String value, int line) {}

    /**
     * The entries in the order of the file; a key may be there more than once.
     *
     * @throws ConfigurationException if an escape is broken
     */
    public static List<Entry> parse(String text) {
        PropertiesText parser = new PropertiesText(text);
        List<Entry> entries = new ArrayList<>();
        while (parser.skipToEntry()) {
            int line = parser.line;
            String key = parser.readKey();
            parser.skipSeparator();
            entries.add(new Entry(key, parser.readValue(), line));
        }
        return entries;
    }

    /** Skips blank lines and comments; a backslash that ends a line on which nothing is yet begins no entry. */
    private boolean skipToEntry() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (isEndOfLine(c)) {
                skipEndOfLine();
            } else if (isBlank(c)) {
                position++;
            } else if (c == '#' || c == '!') {
                skipComment();
            } else if (c == '\\' && isContinued()) {
                position++;
            } else {
                return true;
            }
        }
        return false;
    }

    private boolean isContinued() {
        return position + 1 < text.length() && isEndOfLine(text.charAt(position + 1));
    }

    private void skipComment() {
        while (position < text.length() && !isEndOfLine(text.charAt(position))) {
            position++;
        }
    }

    private String readKey() {
        StringBuilder key = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '=' || c == ':' || isBlank(c) || isEndOfLine(c)) {
                break;
            }
            readCharacter(key);
        }
        return key.toString();
    }

    private void skipSeparator() {
        skipBlanks();
        if (position < text.length() && (text.charAt(position) == '=' || text.charAt(position) == ':')) {
            position++;
            skipBlanks();
        }
    }

    private String readValue() {
        StringBuilder value = new StringBuilder();
        while (position < text.length() && !isEndOfLine(text.charAt(position))) {
            readCharacter(value);
        }
        return value.toString();
    }

    private void readCharacter(StringBuilder target) {
        char c = text.charAt(position++);
        if (c != '\\') {
            target.append(c);
            return;
        }
        if (position == text.length()) {
            return;
        }
        char escaped = text.charAt(position);
        if (isEndOfLine(escaped)) {
            skipEndOfLine();
            skipBlanks();
            return;
        }
        position++;
        target.append(unescape(escaped));
    }

    private char unescape(char escaped) {
        return switch (escaped) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'u' -> readUnicode();
            default -> escaped;
        };
    }

    private char readUnicode() {
        int end = position + UNICODE_DIGITS;
        try {
            char c = (char) Integer.parseInt(text.substring(position, end), HEX);
            position = end;
            return c;
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new ConfigurationException(
                    List.of("line " + line + ": \\u is not followed by four hexadecimal digits"));
        }
    }

    /** Also over the ends of lines that a backslash makes part of the blank. */
    private void skipBlanks() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '\\' && isContinued()) {
                position++;
                skipEndOfLine();
            } else if (isBlank(c)) {
                position++;
            } else {
                return;
            }
        }
    }

    private void skipEndOfLine() {
        if (text.charAt(position) == '\r' && position + 1 < text.length() && text.charAt(position + 1) == '\n') {
            position++;
        }
        position++;
        line++;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }

    private static boolean isEndOfLine(char c) {
        return c == '\n' || c == '\r';
    }
}
