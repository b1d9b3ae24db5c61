package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.ConfigSource;
import io.daybook.broker.config.ConfigType;
import io.daybook.broker.config.DescribedConfig;
import io.daybook.broker.config.LiveConfig;
import io.daybook.broker.topic.ConfigAlteration;
import io.daybook.broker.topic.ConfigAlteration.Edit;
import io.daybook.broker.topic.ConfigAlteration.Operation;
import io.daybook.broker.topic.ConfigOutcome;
import io.daybook.broker.topic.ConfigView;
import io.daybook.metadata.ConfigResource;
import io.daybook.server.logging.LineLoggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * What Kafka calls the configuration of a broker's loggers: their levels, which hold until the process ends. For any
 * thread.
 */
public final class LoggerConfigs {
    private static final String LEVELS = "ERROR, WARN, INFO, DEBUG, TRACE";

    private final LiveConfig config;
    private final Optional<LineLoggers> loggers;

    /** Of these loggers; a server inside another program has none of its own. */
    public LoggerConfigs(LiveConfig config, Optional<LineLoggers> loggers) {
        this.config = config;
        this.loggers = loggers;
    }

    /** The level of every logger. */
    ConfigView describe(String brokerId) {
        Optional<String> problem = problem(brokerId);
        if (problem.isPresent()) {
            return new ConfigView(ErrorCode.INVALID_REQUEST, problem.get(), List.of());
        }
        List<DescribedConfig> levels = new ArrayList<>();
        loggers.orElseThrow()
                .levels()
                .forEach((name, level) -> levels.add(new DescribedConfig(
                        name,
                        ConfigType.STRING,
                        Optional.of(level.name()),
                        ConfigSource.DYNAMIC_BROKER_LOGGER,
                        false,
                        false,
                        List.of(),
                        "")));
        return new ConfigView(ErrorCode.NONE, "", levels);
    }

    /** Changes levels: all that are asked for, or none. */
    ConfigOutcome alter(ConfigAlteration alteration, boolean validateOnly) {
        ConfigResource resource = alteration.resource();
        Optional<String> problem = problem(resource.name());
        if (alteration.isComplete() || problem.isPresent()) {
            return new ConfigOutcome(
                    resource,
                    ErrorCode.INVALID_REQUEST,
                    problem.orElse("The levels of loggers are changed by IncrementalAlterConfigs only."));
        }
        for (Edit edit : alteration.edits()) {
            Optional<ConfigOutcome> refusal = refusal(resource, edit);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        if (!validateOnly) {
            alteration.edits().forEach(this::apply);
        }
        return new ConfigOutcome(resource, ErrorCode.NONE, "");
    }

    private Optional<String> problem(String brokerId) {
        String own = Integer.toString(config.current().get(BrokerConfigKeys.NODE_ID));
        if (!brokerId.equals(own)) {
            return Optional.of("Unexpected broker id, expected " + own + " but received " + brokerId);
        }
        return loggers.isPresent()
                ? Optional.empty()
                : Optional.of("The program that this broker runs in logs by itself; set its levels there.");
    }

    private Optional<ConfigOutcome> refusal(ConfigResource resource, Edit edit) {
        if (edit.operation() != Operation.SET && edit.operation() != Operation.DELETE) {
            return refused(
                    resource,
                    ErrorCode.INVALID_REQUEST,
                    edit.operation() + " operation is not allowed for the BROKER_LOGGER resource");
        }
        if (!loggers.orElseThrow().isKnown(edit.key())) {
            return refused(resource, ErrorCode.INVALID_CONFIG, "Logger " + edit.key() + " does not exist!");
        }
        if (edit.operation() == Operation.DELETE && edit.key().equals(LineLoggers.ROOT)) {
            return refused(
                    resource, ErrorCode.INVALID_REQUEST, "Removing the log level of the root logger is not allowed");
        }
        if (edit.operation() == Operation.SET && level(edit) == null) {
            return refused(
                    resource,
                    ErrorCode.INVALID_CONFIG,
                    "Cannot set the log level of " + edit.key() + " to "
                            + edit.value().orElse("") + " as it is not a supported log level. Valid log levels are "
                            + LEVELS);
        }
        return Optional.empty();
    }

    private void apply(Edit edit) {
        Level level = level(edit);
        if (edit.operation() == Operation.SET && level != null) {
            loggers.orElseThrow().set(edit.key(), level);
        } else {
            loggers.orElseThrow().reset(edit.key());
        }
    }

    private static @Nullable Level level(Edit edit) {
        String wanted = edit.value().orElse("").toUpperCase(Locale.ROOT);
        for (Level each : Level.values()) {
            if (each.name().equals(wanted)) {
                return each;
            }
        }
        return null;
    }

    private static Optional<ConfigOutcome> refused(ConfigResource resource, ErrorCode code, String message) {
        return Optional.of(new ConfigOutcome(resource, code, message));
    }
}
