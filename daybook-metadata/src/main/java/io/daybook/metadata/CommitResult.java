package io.daybook.metadata;

/** What became of a commit. */
public sealed interface CommitResult {
    /** The image after the attempt, as far as it is known. */
    MetadataImage image();

    /** The changes are durable and in {@code image}. */
    record Committed(MetadataImage image) implements CommitResult {}

    /** Somebody else was faster: decide again on {@code image}. Nothing was written. */
    record Conflict(MetadataImage image) implements CommitResult {}

    /**
     * The store could not make it durable. If the disk is full, a later commit may succeed. If a sync failed, none will:
     * whether the changes are there is open until a restart.
     */
    record StoreFailed(MetadataImage image, String reason) implements CommitResult {}
}
