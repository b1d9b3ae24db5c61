package io.daybook.server.bootstrap;

import io.daybook.runtime.DiskFullException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits. Only for threads that own nothing: a main thread, or a caller of the embedding API. */
public final class Outcome {
    private Outcome() {}

    /**
     * The value of a future.
     *
     * @param what for the message, should it take too long
     * @throws StartException if it takes too long, is interrupted, or fails
     */
    public static <T> T of(CompletableFuture<T> future, long timeoutMs, String what) {
        try {
            return future.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StartException(what + " took longer than " + timeoutMs + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(what + " was interrupted", e);
        } catch (ExecutionException e) {
            throw asStartException(e.getCause() == null ? e : e.getCause());
        }
    }

    /** The failure as one that can be shown to people. */
    static StartException asStartException(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof StartException) {
            return (StartException) cause;
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof DiskFullException) {
                return new StartException(
                        each.getMessage() + "; make room, or choose another directory with --data DIR", cause);
            }
        }
        return new StartException(describe(cause), cause);
    }

    /** The JDK's messages about files are often no more than a path. */
    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        if (message == null) {
            return cause.toString();
        }
        if (cause instanceof AccessDeniedException) {
            return message + ": permission denied; run as its owner, or choose another directory with --data DIR";
        }
        if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
            return message + " is a file where a directory is needed; choose another directory with --data DIR";
        }
        if (cause instanceof NoSuchFileException) {
            return message + " is missing; choose another directory with --data DIR";
        }
        if (cause instanceof FileSystemException) {
            return message + "; make room or repair it, or choose another directory with --data DIR";
        }
        return message;
    }
}
