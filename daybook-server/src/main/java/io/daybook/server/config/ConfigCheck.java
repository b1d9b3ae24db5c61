package io.daybook.server.config;

import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.ConfigKey;
import io.daybook.server.api.Endpoint;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what was said into a configuration, or into a list of what is wrong with it. Used once. */
final class ConfigCheck {
    /** Beside the largest batch, a produce request has room for its other fields. */
    private static final int REQUEST_BYTES_BESIDE_BATCH = 1 << 20;

    private final Map<String, ConfigValue> values;
    private final List<String> warnings;
    private final List<String> problems = new ArrayList<>();

    ConfigCheck(ConfigSources sources) {
        this.values = sources.values();
        this.warnings = new ArrayList<>(sources.warnings());
    }

    ServerConfig check() {
        Map<String, String> texts = new HashMap<>();
        for (ConfigValue value : values.values()) {
            if (checkOne(value)) {
                texts.put(value.key(), value.text());
            }
        }
        failIfWrong();
        BrokerConfig broker = BrokerConfig.of(texts);
        if (!texts.containsKey(BrokerConfigKeys.SOCKET_REQUEST_MAX_BYTES.name())) {
            int needed = broker.get(BrokerConfigKeys.MESSAGE_MAX_BYTES);
            int fits = broker.get(BrokerConfigKeys.SOCKET_REQUEST_MAX_BYTES) - REQUEST_BYTES_BESIDE_BATCH;
            if (needed > fits && needed < Integer.MAX_VALUE - REQUEST_BYTES_BESIDE_BATCH) {
                texts.put(
                        BrokerConfigKeys.SOCKET_REQUEST_MAX_BYTES.name(),
                        Integer.toString(needed + REQUEST_BYTES_BESIDE_BATCH));
                broker = BrokerConfig.of(texts);
            }
        }
        checkMemory(broker);
        checkCopies(broker);
        List<Path> logDirs = logDirs(broker);
        ListenerCheck listeners = new ListenerCheck(broker, values, problems);
        List<ListenerConfig> awaited = listeners.listeners();
        Map<String, Endpoint> advertised = listeners.advertised(awaited);
        failIfWrong();
        return new ServerConfig(broker, values, awaited, advertised, logDirs, warnings);
    }

    /** Whether the value goes into the configuration. */
    private boolean checkOne(ConfigValue value) {
        Optional<ConfigKey<?>> key = BrokerConfigKeys.ALL.find(value.key());
        if (key.isEmpty()) {
            if (!value.key().startsWith("listener.name.")) {
                String hint = BrokerConfigKeys.ALL
                        .nearest(value.key())
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse("");
                warnings.add("unknown configuration " + value.key() + " ("
                        + value.origin().place() + ")" + hint);
            }
            return false;
        }
        Optional<String> problem = key.get().problem(value.text());
        problem.ifPresent(text -> problems.add(text + " (" + value.origin().place() + ")"));
        if (!key.get().isEffective() && isAboutSecurity(value.key())) {
            warnings.add(value.key() + " (" + value.origin().place() + ") has no effect in this version");
        }
        return problem.isEmpty();
    }

    private static boolean isAboutSecurity(String key) {
        return key.startsWith("authorizer.")
                || key.startsWith("sasl.")
                || key.startsWith("ssl.")
                || key.equals("super.users");
    }

    private void checkMemory(BrokerConfig broker) {
        long allRequests = broker.get(BrokerConfigKeys.QUEUED_MAX_REQUEST_BYTES);
        int oneRequest = broker.get(BrokerConfigKeys.SOCKET_REQUEST_MAX_BYTES);
        if (allRequests > 0 && allRequests < oneRequest) {
            problems.add(place(BrokerConfigKeys.QUEUED_MAX_REQUEST_BYTES) + "=" + allRequests + " is less than "
                    + place(BrokerConfigKeys.SOCKET_REQUEST_MAX_BYTES) + "=" + oneRequest
                    + ": the largest request would never be read; raise the first or lower the second");
        }
    }

    private void checkCopies(BrokerConfig broker) {
        int copies = broker.get(BrokerConfigKeys.MIN_INSYNC_REPLICAS);
        if (copies > 1) {
            warnings.add(place(BrokerConfigKeys.MIN_INSYNC_REPLICAS) + "=" + copies
                    + " asks for more copies than the one that there is: acks=all will be refused; set it to 1");
        }
    }

    private List<Path> logDirs(BrokerConfig broker) {
        List<String> texts =
                broker.find(BrokerConfigKeys.LOG_DIRS).orElseGet(() -> List.of(broker.get(BrokerConfigKeys.LOG_DIR)));
        ConfigKey<?> key = values.containsKey(BrokerConfigKeys.LOG_DIRS.name())
                ? BrokerConfigKeys.LOG_DIRS
                : BrokerConfigKeys.LOG_DIR;
        List<Path> dirs = new ArrayList<>();
        for (String text : texts) {
            try {
                Path dir = Path.of(text).toAbsolutePath().normalize();
                if (text.isEmpty()) {
                    problems.add(place(key) + " holds an empty name; remove the comma or name a directory");
                } else if (dirs.contains(dir)) {
                    problems.add(place(key) + " names " + dir + " twice; name each directory once");
                }
                dirs.add(dir);
            } catch (InvalidPathException e) {
                problems.add(place(key) + " holds '" + text + "', which cannot be a directory: " + e.getReason());
            }
        }
        if (texts.isEmpty()) {
            problems.add(place(key) + " is empty; name at least one directory");
        }
        return dirs;
    }

    private String place(ConfigKey<?> key) {
        return ListenerCheck.place(values, key);
    }

    private void failIfWrong() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
