package io.daybook.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Collects what was said, in the order of precedence: flag before environment before file. For one thread. */
public final class ConfigSources {
    private static final String KAFKA_PREFIX = "KAFKA_";
    private static final String DAYBOOK_PREFIX = "DAYBOOK_";

    /** Variables of Kafka's scripts and images that are no configuration of the broker. */
    private static final Set<String> NOT_CONFIGURATION = Set.of(
            "KAFKA_HEAP_OPTS",
            "KAFKA_OPTS",
            "KAFKA_JVM_PERFORMANCE_OPTS",
            "KAFKA_GC_LOG_OPTS",
            "KAFKA_JMX_OPTS",
            "KAFKA_JMX_PORT",
            "KAFKA_JMX_HOSTNAME",
            "KAFKA_LOG4J_OPTS",
            "KAFKA_LOG4J_LOGGERS",
            "KAFKA_LOG4J_ROOT_LOGLEVEL",
            "KAFKA_TOOLS_LOG4J_LOGLEVEL",
            "KAFKA_DEBUG",
            "KAFKA_HOME",
            "KAFKA_VERSION",
            "KAFKA_USER",
            "KAFKA_MODE",
            "DAYBOOK_OPTS",
            "DAYBOOK_BOOTSTRAP_SERVER",
            "DAYBOOK_NO_CDS",
            "DAYBOOK_HOME",
            "DAYBOOK_LOG_LEVEL");

    private final Map<String, ConfigValue> values = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    /** Adds a file's text. The name is for messages. */
    public ConfigSources file(String name, String text) {
        List<PropertiesText.Entry> entries;
        try {
            entries = PropertiesText.parse(text);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(List.of(name + ", " + e.getMessage()));
        }
        for (PropertiesText.Entry entry : entries) {
            String place = name + ":" + entry.line();
            ConfigValue before = values.get(entry.key());
            if (before != null && !before.text().equals(entry.value())) {
                warnings.add(entry.key() + " is set twice; " + place + " holds, "
                        + before.origin().place() + " does not");
            }
            add(new ConfigValue(entry.key(), entry.value().trim(), new ConfigOrigin(ConfigOrigin.Kind.FILE, place)));
        }
        return this;
    }

    /** Adds the variables that are configuration: {@code KAFKA_LOG_DIRS} is {@code log.dirs}. */
    public ConfigSources environment(Map<String, String> variables) {
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String name = variable.getKey();
            boolean isOurs = name.startsWith(DAYBOOK_PREFIX);
            if ((isOurs || name.startsWith(KAFKA_PREFIX)) && !NOT_CONFIGURATION.contains(name)) {
                String key = keyOf(isOurs ? name : name.substring(KAFKA_PREFIX.length()));
                add(new ConfigValue(key, variable.getValue(), new ConfigOrigin(ConfigOrigin.Kind.ENVIRONMENT, name)));
            }
        }
        return this;
    }

    /** Adds what a flag of the command says. */
    public ConfigSources flag(String flag, String key, String value) {
        add(new ConfigValue(key, value, new ConfigOrigin(ConfigOrigin.Kind.FLAG, flag)));
        return this;
    }

    /** What holds, by key. */
    Map<String, ConfigValue> values() {
        return values;
    }

    List<String> warnings() {
        return warnings;
    }

    private void add(ConfigValue value) {
        ConfigValue before = values.get(value.key());
        if (before == null || before.origin().kind().compareTo(value.origin().kind()) <= 0) {
            values.put(value.key(), value);
        }
    }

    /** As Apache's image does it: one underscore is a dot, two are an underscore, three are a dash. */
    private static String keyOf(String variable) {
        StringBuilder key = new StringBuilder(variable.length());
        int i = 0;
        while (i < variable.length()) {
            int underscores = 0;
            while (i + underscores < variable.length() && underscores < 3 && variable.charAt(i + underscores) == '_') {
                underscores++;
            }
            if (underscores == 0) {
                key.append(variable.charAt(i));
                i++;
            } else {
                key.append(underscores == 1 ? '.' : underscores == 2 ? '_' : '-');
                i += underscores;
            }
        }
        return key.toString().toLowerCase(Locale.ROOT);
    }
}
