package io.daybook.server.config;

import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.ConfigKey;
import io.daybook.server.api.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the keys about listeners, which say something only together. Used once. */
final class ListenerCheck {
    private static final String PLAINTEXT = "PLAINTEXT";
    private static final String CONTROLLER_LISTENERS = "controller.listener.names";
    private static final int MAX_PORT = 65_535;

    private final BrokerConfig broker;
    private final Map<String, ConfigValue> values;
    private final List<String> problems;
    private final Set<String> controllerListeners;

    ListenerCheck(BrokerConfig broker, Map<String, ConfigValue> values, List<String> problems) {
        this.broker = broker;
        this.values = values;
        this.problems = problems;
        this.controllerListeners = controllerListeners();
    }

    /** The listeners to open; those that a Kafka file has for its controllers are left out. */
    List<ListenerConfig> listeners() {
        ConfigKey<?> key = BrokerConfigKeys.LISTENERS;
        List<ListenerConfig> listeners = parse(key, broker.get(BrokerConfigKeys.LISTENERS));
        Map<String, String> protocols = protocols();
        Set<String> names = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (ListenerConfig listener : listeners) {
            if (!names.add(listener.name())) {
                problems.add(place(key) + " names " + listener.name() + " twice; give each listener its own name");
            }
            if (listener.port() != 0 && !places.add(listener.host() + ":" + listener.port())) {
                problems.add(place(key) + " uses port " + listener.port() + " twice; give each listener its own port");
            }
            checkProtocol(listener, protocols.get(listener.name()));
        }
        if (listeners.isEmpty()) {
            problems.add(place(key) + " has no listener for clients; set listeners=PLAINTEXT://localhost:9092");
        }
        return listeners;
    }

    /** What clients of each listener are told. */
    Map<String, Endpoint> advertised(List<ListenerConfig> listeners) {
        ConfigKey<?> key = BrokerConfigKeys.ADVERTISED_LISTENERS;
        Set<String> names = new HashSet<>();
        listeners.forEach(listener -> names.add(listener.name()));
        Map<String, Endpoint> advertised = new HashMap<>();
        for (ListenerConfig each :
                parse(key, broker.find(BrokerConfigKeys.ADVERTISED_LISTENERS).orElse(List.of()))) {
            if (!names.contains(each.name())) {
                problems.add(place(key) + " names " + each.name() + ", which is not in listeners (" + names
                        + "); add it there or remove it here");
            } else if (each.host().isEmpty()
                    || each.host().equals("0.0.0.0")
                    || each.host().equals("::")) {
                problems.add(place(key) + " tells clients of " + each.name() + " to connect to '" + each.host()
                        + "', which is no address; name one that they can reach");
            } else if (each.port() == 0) {
                problems.add(place(key) + " tells clients of " + each.name() + " to connect to port 0; name the port");
            } else if (advertised.put(each.name(), new Endpoint(each.host(), each.port())) != null) {
                problems.add(place(key) + " names " + each.name() + " twice; name each listener once");
            }
        }
        return advertised;
    }

    /** The key with the place where it was set, for messages. */
    static String place(Map<String, ConfigValue> values, ConfigKey<?> key) {
        ConfigValue value = values.get(key.name());
        return key.name() + " (" + (value == null ? "default" : value.origin().place()) + ")";
    }

    private void checkProtocol(ListenerConfig listener, @org.jspecify.annotations.Nullable String protocol) {
        if (protocol == null) {
            problems.add("listener " + listener.name() + " has no security protocol; add " + listener.name()
                    + ":PLAINTEXT to " + place(BrokerConfigKeys.LISTENER_SECURITY_PROTOCOL_MAP));
        } else if (!protocol.equals(PLAINTEXT)) {
            problems.add("listener " + listener.name() + " in " + place(BrokerConfigKeys.LISTENERS) + " asks for "
                    + protocol + ", which this version does not have; only PLAINTEXT is there yet");
        } else if (!listener.isLoopback() && !broker.get(BrokerConfigKeys.ALLOW_INSECURE)) {
            problems.add("listener " + listener + " in " + place(BrokerConfigKeys.LISTENERS)
                    + " would let other machines in without authentication; listen on localhost:" + listener.port()
                    + ", or set daybook.allow.insecure=true if everybody who reaches it may do everything");
        }
    }

    private List<ListenerConfig> parse(ConfigKey<?> key, List<String> texts) {
        List<ListenerConfig> listeners = new ArrayList<>();
        for (String text : texts) {
            Optional<ListenerConfig> listener = parse(text.trim());
            if (listener.isEmpty()) {
                problems.add(place(key) + " holds '" + text + "'; write NAME://host:port, such as "
                        + "PLAINTEXT://localhost:9092");
            } else if (!controllerListeners.contains(listener.get().name())) {
                listeners.add(listener.get());
            }
        }
        return listeners;
    }

    private static Optional<ListenerConfig> parse(String text) {
        int slashes = text.indexOf("://");
        int colon = text.lastIndexOf(':');
        if (slashes < 1 || colon < slashes + 3) {
            return Optional.empty();
        }
        String name = text.substring(0, slashes).toUpperCase(Locale.ROOT);
        String host = text.substring(slashes + 3, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            return Optional.empty();
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            return port < 0 || port > MAX_PORT ? Optional.empty() : Optional.of(new ListenerConfig(name, host, port));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Map<String, String> protocols() {
        Map<String, String> protocols = new HashMap<>();
        for (String entry :
                broker.get(BrokerConfigKeys.LISTENER_SECURITY_PROTOCOL_MAP).split(",")) {
            int colon = entry.indexOf(':');
            if (colon > 0) {
                protocols.put(
                        entry.substring(0, colon).trim().toUpperCase(Locale.ROOT),
                        entry.substring(colon + 1).trim().toUpperCase(Locale.ROOT));
            } else if (!entry.isBlank()) {
                problems.add(place(BrokerConfigKeys.LISTENER_SECURITY_PROTOCOL_MAP) + " holds '" + entry
                        + "'; write NAME:PROTOCOL");
            }
        }
        return protocols;
    }

    private Set<String> controllerListeners() {
        ConfigValue value = values.get(CONTROLLER_LISTENERS);
        Set<String> names = new HashSet<>();
        if (value != null) {
            for (String name : value.text().split(",")) {
                names.add(name.trim().toUpperCase(Locale.ROOT));
            }
        }
        return names;
    }

    private String place(ConfigKey<?> key) {
        return place(values, key);
    }
}
