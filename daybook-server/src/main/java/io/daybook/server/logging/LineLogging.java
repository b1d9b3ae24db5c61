package io.daybook.server.logging;

import io.daybook.runtime.Ticker;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * An slf4j binding that is there in a few milliseconds. Chosen by name, in {@link #install}, and by nothing else. Levels
 * come from {@code DAYBOOK_LOG_LEVEL}, such as {@code info,io.daybook.server.net=debug}, and may be changed later.
 */
public final class LineLogging implements SLF4JServiceProvider {
    private static final String PROVIDER_PROPERTY = "slf4j.provider";
    private static final String SLF4J_VERSION = "2.0.99";

    private final BasicMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter contexts = new NOPMDCAdapter();
    private final LineLoggers loggers = new LineLoggers(
            LogLevels.parse(System.getenv().getOrDefault("DAYBOOK_LOG_LEVEL", "")),
            new LogLines(System.err, Ticker.system()));

    /** Made by slf4j. */
    public LineLogging() {}

    /** Makes this the binding of the process, unless one was named already. Before the first logger is made. */
    public static void install() {
        if (System.getProperty(PROVIDER_PROPERTY) == null) {
            System.setProperty(PROVIDER_PROPERTY, LineLogging.class.getName());
            System.setProperty("slf4j.internal.verbosity", "WARN"); // slf4j announces a provider chosen by name
        }
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return contexts;
    }

    @Override
    public String getRequestedApiVersion() {
        return SLF4J_VERSION;
    }

    @Override
    public void initialize() {}
}
