package io.daybook.cli.command;

import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.ConfigKey;
import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import io.daybook.cli.output.Report;
import io.daybook.server.bootstrap.ServerCommandLine;
import io.daybook.server.bootstrap.StartException;
import io.daybook.server.config.ConfigOrigin;
import io.daybook.server.config.ConfigValue;
import io.daybook.server.config.ConfigurationException;
import io.daybook.server.config.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a server that is started here would take from its file, the environment and its flags. Asks no broker. */
final class LocalConfig {
    private final Map<String, ConfigValue> values;

    /**
     * Reads as {@code daybook server} does.
     *
     * @param file a server.properties, or null
     * @param settings as {@code --set} gives them
     * @throws CommandException if the server would not start with it; the message says every problem
     */
    LocalConfig(@Nullable String file, Map<String, String> settings) {
        List<String> arguments = new ArrayList<>();
        if (file != null) {
            arguments.addAll(List.of("--config", file));
        }
        settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        try {
            ServerConfig config =
                    ServerConfig.of(ServerCommandLine.sources(arguments.toArray(new String[0]), System.getenv()));
            values = new TreeMap<>(config.values());
        } catch (ConfigurationException e) {
            throw new CommandException(ExitCode.FAILURE, String.join("\ndaybook: ", e.problems()));
        } catch (StartException e) {
            throw new CommandException(ExitCode.NOT_FOUND, String.valueOf(e.getMessage()));
        }
    }

    /** The named key, or all that somebody set if it is empty. */
    Report report(String key) {
        Report report = new Report("key", "value", "from", "at");
        if (key.isEmpty()) {
            values.values().forEach(value -> add(report, value));
            return report;
        }
        ConfigKey<?> known = BrokerConfigKeys.ALL
                .find(key)
                .orElseThrow(() -> new CommandException(
                        ExitCode.NOT_FOUND,
                        "a server has no setting '" + key + "'",
                        "daybook config get broker --all"));
        ConfigValue set = values.get(key);
        if (set == null) {
            report.row(key, known.defaultText().orElse(null), "default", null);
        } else {
            add(report, set);
        }
        return report;
    }

    private static void add(Report report, ConfigValue value) {
        Optional<ConfigKey<?>> key = BrokerConfigKeys.ALL.find(value.key());
        String text = key.isPresent() && !key.get().isSensitive() ? value.text() : null;
        report.row(
                value.key(), text, words(value.origin().kind()), value.origin().place());
    }

    private static String words(ConfigOrigin.Kind kind) {
        return switch (kind) {
            case DEFAULT -> "default";
            case FILE -> "file";
            case ENVIRONMENT -> "environment";
            case FLAG -> "flag";
        };
    }
}
