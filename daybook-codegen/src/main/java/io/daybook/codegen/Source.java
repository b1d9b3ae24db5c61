package io.daybook.codegen;

/** Java text with indentation. */
final class Source {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** One line; empty text is an empty line. */
    Source line(String line) {
        if (!line.isEmpty()) {
            text.append("    ".repeat(depth)).append(line);
        }
        text.append('\n');
        return this;
    }

    /** A line that opens a block. */
    Source open(String head) {
        line(head + " {");
        depth++;
        return this;
    }

    /** Closes the innermost block and opens another. */
    Source next(String head) {
        depth--;
        line("} " + head + " {");
        depth++;
        return this;
    }

    Source close() {
        depth--;
        return line("}");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
