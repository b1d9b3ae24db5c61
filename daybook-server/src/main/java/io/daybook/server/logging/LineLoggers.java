package io.daybook.server.logging;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The loggers of this process, whose levels may be changed while it runs. Safe for use by any thread. */
public final class LineLoggers implements ILoggerFactory {
    /** What Kafka calls the level that holds where no other is set. */
    public static final String ROOT = "root";

    private final Map<String, LineLogger> loggers = new ConcurrentHashMap<>();
    private final LogLines lines;
    private final LogLevels atStart;
    private volatile LogLevels levels;

    LineLoggers(LogLevels atStart, LogLines lines) {
        this.atStart = atStart;
        this.levels = atStart;
        this.lines = lines;
    }

    /** The loggers of this process; empty if a program that embeds the server logs by another binding. */
    public static Optional<LineLoggers> ofProcess() {
        return LoggerFactory.getILoggerFactory() instanceof LineLoggers found ? Optional.of(found) : Optional.empty();
    }

    @Override
    public Logger getLogger(String name) {
        LineLogger logger = loggers.computeIfAbsent(name, each -> new LineLogger(each, levels.of(each), lines));
        logger.setLevel(levels.of(name)); // a change may have gone through the table before this one was in it
        return logger;
    }

    /** Every logger with the level that holds for it, and the root. */
    public Map<String, Level> levels() {
        LogLevels now = levels;
        Map<String, Level> all = new TreeMap<>();
        all.put(ROOT, now.root());
        now.byPrefix().forEach(all::put);
        loggers.keySet().forEach(name -> all.put(name, now.of(name)));
        return all;
    }

    /** Whether there is such a logger, or a package that has one. */
    public boolean isKnown(String name) {
        return name.equals(ROOT)
                || levels.byPrefix().containsKey(name)
                || loggers.keySet().stream().anyMatch(each -> each.equals(name) || each.startsWith(name + "."));
    }

    /** From now on a logger, or those of a package, say this much. */
    public void set(String name, Level level) {
        change(name.equals(ROOT) ? levels.withRoot(level) : levels.with(name, Optional.of(level)));
    }

    /** From now on a logger, or those of a package, say what they did at the start. */
    public void reset(String name) {
        change(levels.with(name, Optional.ofNullable(atStart.byPrefix().get(name))));
    }

    private void change(LogLevels changed) {
        levels = changed;
        loggers.forEach((name, logger) -> logger.setLevel(changed.of(name)));
    }
}
