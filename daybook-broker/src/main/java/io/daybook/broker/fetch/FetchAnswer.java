package io.daybook.broker.fetch;

import io.daybook.base.ErrorCode;
import io.daybook.broker.partition.PartitionRead;
import java.util.List;

/**
 * What a fetch found.
 *
 * @param code why the fetch as a whole failed, or {@link ErrorCode#NONE}
 * @param sessionId the session that the client may go on with; 0 for none
 * @param parts what is told about partitions, in the order of the fetch; the records are the receiver's
 */
public record FetchAnswer(ErrorCode code, int sessionId, List<Part> parts) {
    /** Copies the list. */
    public FetchAnswer {
        parts = List.copyOf(parts);
    }

    /**
     * What is told about one partition.
     *
     * @param key which partition
     * @param read what was read
     */
    public record Part(FetchKey key, PartitionRead read) {}

    static FetchAnswer failed(ErrorCode code) {
        return new FetchAnswer(code, 0, List.of());
    }
}
