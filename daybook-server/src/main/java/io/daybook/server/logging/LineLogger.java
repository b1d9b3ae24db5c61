package io.daybook.server.logging;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** Writes one line for each event, and the stack trace behind it where there is one. Safe for use by any thread. */
final class LineLogger extends LegacyAbstractLogger implements LoggingEventAware {
    private static final long serialVersionUID = 1L;

    private final transient LogLines lines;
    private volatile Level level;

    LineLogger(String name, Level level, LogLines lines) {
        this.name = name;
        this.level = level;
        this.lines = lines;
    }

    void setLevel(Level changed) {
        level = changed;
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }

    @Override
    public void log(LoggingEvent event) {
        Object[] arguments = event.getArgumentArray();
        String message = MessageFormatter.basicArrayFormat(event.getMessage(), arguments);
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        lines.write(event.getLevel(), name, message, pairs == null ? List.of() : pairs, event.getThrowable());
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level eventLevel,
            @Nullable Marker marker,
            String message,
            Object @Nullable [] arguments,
            @Nullable Throwable throwable) {
        lines.write(eventLevel, name, MessageFormatter.basicArrayFormat(message, arguments), List.of(), throwable);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    private boolean isEnabled(Level eventLevel) {
        return eventLevel.toInt() >= level.toInt();
    }
}
