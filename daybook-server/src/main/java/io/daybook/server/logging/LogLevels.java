package io.daybook.server.logging;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Which loggers say how much. Immutable. */
final class LogLevels {
    private final Level root;
    private final Map<String, Level> byPrefix;

    private LogLevels(Level root, Map<String, Level> byPrefix) {
        this.root = root;
        this.byPrefix = Map.copyOf(byPrefix);
    }

    /** Reads {@code level,prefix=level,...}; what cannot be read is left out. */
    static LogLevels parse(String text) {
        Level root = Level.INFO;
        Map<String, Level> byPrefix = new TreeMap<>();
        byPrefix.put("io.netty", Level.WARN);
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            Level level = level(part.substring(equals + 1));
            if (level != null && equals < 0) {
                root = level;
            } else if (level != null) {
                byPrefix.put(part.substring(0, equals).trim(), level);
            }
        }
        return new LogLevels(root, byPrefix);
    }

    Level root() {
        return root;
    }

    Map<String, Level> byPrefix() {
        return byPrefix;
    }

    LogLevels withRoot(Level changed) {
        return new LogLevels(changed, byPrefix);
    }

    /** The same with another level for a prefix, or with none. */
    LogLevels with(String prefix, Optional<Level> level) {
        Map<String, Level> changed = new TreeMap<>(byPrefix);
        level.ifPresentOrElse(each -> changed.put(prefix, each), () -> changed.remove(prefix));
        return new LogLevels(root, changed);
    }

    /** The level of the longest prefix that is a package above the logger, or it itself. */
    Level of(String logger) {
        Level level = root;
        int longest = -1;
        for (Map.Entry<String, Level> entry : byPrefix.entrySet()) {
            String prefix = entry.getKey();
            boolean isAbove = logger.equals(prefix) || logger.startsWith(prefix + ".");
            if (isAbove && prefix.length() > longest) {
                longest = prefix.length();
                level = entry.getValue();
            }
        }
        return level;
    }

    private static @Nullable Level level(String text) {
        String wanted = text.trim().toUpperCase(Locale.ROOT);
        for (Level level : Level.values()) {
            if (level.name().equals(wanted)) {
                return level;
            }
        }
        return null;
    }
}
