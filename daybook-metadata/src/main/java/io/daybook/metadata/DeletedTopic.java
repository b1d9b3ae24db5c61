package io.daybook.metadata;

/**
 * A topic that no client sees any more, but whose records are still there, so that the deletion can be undone. It ends
 * when its time is over or when a new topic takes its name.
 *
 * @param topic what it was
 * @param deletedMs when it was deleted, wall clock
 */
public record DeletedTopic(TopicImage topic, long deletedMs) {}
