package io.daybook.broker.fetch;

/** Takes the answer to a fetch. Called once, on any shard. */
@FunctionalInterface
public interface FetchReply {
    /** The records in the answer are the receiver's, who releases them. */
    void complete(FetchAnswer answer);
}
