package io.daybook.server.config;

import java.util.List;

/** The configuration cannot be used. The message says what, where, and what to do, one line for each problem. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public ConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line for each. */
    public List<String> problems() {
        return problems;
    }
}
