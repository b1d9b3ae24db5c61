package io.daybook.broker.topic;

import io.daybook.base.ErrorCode;
import io.daybook.broker.config.DescribedConfig;
import java.util.List;

/**
 * The configuration of one resource, or why it is not told.
 *
 * @param code {@code NONE} if it is told
 * @param message what was wrong, for an operator to read; empty if nothing was
 * @param configs the configuration
 */
public record ConfigView(ErrorCode code, String message, List<DescribedConfig> configs) {
    /** Copies. */
    public ConfigView {
        configs = List.copyOf(configs);
    }

    static ConfigView of(List<DescribedConfig> configs) {
        return new ConfigView(ErrorCode.NONE, "", configs);
    }

    static ConfigView refused(ErrorCode code, String message) {
        return new ConfigView(code, message, List.of());
    }
}
