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
     * The store cannot make anything durable any more. Whether the changes will be there after a restart is open; until
     * then nobody sees them, and no further commit succeeds.
     */
    record StoreFailed(MetadataImage image, String reason) implements CommitResult {}
}
