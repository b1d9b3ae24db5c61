package io.daybook.cli.client;

import io.daybook.base.record.RecordBatch;
import io.daybook.protocol.message.FetchResponseData.AbortedTransaction;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which batches of one answer belong to transactions that were aborted (KIP-98): from the first offset that the
 * broker names for a producer up to that producer's next marker. Batches must be shown in their order.
 */
final class Aborted {
    private final PriorityQueue<AbortedTransaction> ahead =
            new PriorityQueue<>(Comparator.comparingLong(AbortedTransaction::firstOffset));
    private final Set<Long> producers = new HashSet<>();

    Aborted(@Nullable List<AbortedTransaction> transactions) {
        if (transactions != null) {
            ahead.addAll(transactions);
        }
    }

    boolean hides(RecordBatch batch) {
        while (!ahead.isEmpty() && ahead.element().firstOffset() <= batch.lastOffset()) {
            producers.add(ahead.remove().producerId());
        }
        if (batch.isControl()) {
            producers.remove(batch.producerId());
            return true;
        }
        return batch.isTransactional() && producers.contains(batch.producerId());
    }
}
