package io.daybook.server.bootstrap;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the server in order when the process is told to end (SIGTERM, SIGINT), and then ends it with exit code 0. A second
 * signal ends it at once, as a crash would: the data is safe, the next start has to look through it.
 */
final class GracefulStop {
    private static final Logger log = LoggerFactory.getLogger(GracefulStop.class);
    /** Long, since what is cut off costs a recovery: every open log is synced, and there may be ten thousand of them. */
    private static final long TIMEOUT_MS = 300_000;

    private static final int EXIT_OK = 0;
    private static final int EXIT_NOT_IN_ORDER = 1;
    private static final int EXIT_SECOND_SIGNAL = 130;

    private final DaybookServer server;
    private final CountDownLatch ended = new CountDownLatch(1);

    private GracefulStop(DaybookServer server) {
        this.server = server;
    }

    static GracefulStop onSignal(DaybookServer server) {
        GracefulStop stop = new GracefulStop(server);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::stopAndHalt, "daybook-stop"));
        return stop;
    }

    /** Waits until the process ends. */
    int await() {
        try {
            ended.await();
            return EXIT_OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return EXIT_NOT_IN_ORDER;
        }
    }

    /** The process ends here, not in the JVM's own end: that would report the signal as the exit code. */
    private void stopAndHalt() {
        haltOnSignal("TERM");
        haltOnSignal("INT");
        int exitCode = EXIT_NOT_IN_ORDER;
        try {
            server.close().get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
            exitCode = EXIT_OK;
        } catch (TimeoutException e) {
            log.atError().addKeyValue("timeoutMs", TIMEOUT_MS).log("the stop took too long and is cut off");
        } catch (ExecutionException e) {
            log.atError().setCause(e.getCause()).log("the stop failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }

    /** By reflection: the class is in every JDK, and in no specification. Without it a second signal has no effect. */
    private static void haltOnSignal(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler halt = (proxy, method, arguments) -> {
                Runtime.getRuntime().halt(EXIT_SECOND_SIGNAL);
                return null;
            };
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance(name),
                            Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, halt));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            log.debug("no second signal", e);
        }
    }
}
