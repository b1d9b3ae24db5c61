package io.daybook.log;

import io.daybook.base.ErrorCode;
import io.daybook.base.record.EndTransactionMarker;
import io.daybook.base.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The producers of one log: sequences, epochs, open transactions. Decides by the rules of Kafka 4: a batch is checked first
 * ({@link #check}, without effect), appended, then taken into account ({@link #apply}). Owned by the log's shard.
 */
final class ProducerStates {
    /** What a check says. */
    record Verdict(ErrorCode code, String reason, ProducerEntry.@Nullable AppendedBatch duplicate) {
        static final Verdict FINE = new Verdict(ErrorCode.NONE, "", null);

        private static Verdict refused(ErrorCode code, String reason) {
            return new Verdict(code, reason, null);
        }
    }

    /** A transaction whose marker is in the log, but may not be durable yet. */
    private record EndedTransaction(long firstOffset, long markerOffset) {}

    private Map<Long, ProducerEntry> producers = Map.of();
    private final Deque<EndedTransaction> ended = new ArrayDeque<>(0);
    private int openTransactions;
    /** Null as long as nothing was refused: most logs live without. */
    private @Nullable AwaitedSequences awaited;

    /** Starts again from a snapshot. */
    void restore(Map<Long, ProducerEntry> restored) {
        producers = restored.isEmpty() ? Map.of() : new LinkedHashMap<>(restored);
        ended.clear();
        openTransactions = (int) producers.values().stream()
                .filter(ProducerEntry::hasOpenTransaction)
                .count();
    }

    boolean isEmpty() {
        return producers.isEmpty();
    }

    Collection<ProducerEntry> entries() {
        return producers.values();
    }

    ByteBuffer snapshot() {
        return ProducerSnapshot.encode(producers.values());
    }

    /** Whether a batch may be appended. */
    Verdict check(RecordBatch batch, AppendOrigin origin, Optional<EndTransactionMarker> marker) {
        if (!batch.hasProducerId()) {
            return Verdict.FINE;
        }
        ProducerEntry entry = producers.get(batch.producerId());
        if (entry == null) {
            return checkUnknown(batch);
        }
        if (marker.isPresent()) {
            return checkMarker(batch, entry, marker.get());
        }
        if (origin == AppendOrigin.COORDINATOR && batch.baseSequence() == RecordBatch.NO_SEQUENCE) {
            return checkEpoch(batch, entry);
        }
        ProducerEntry.AppendedBatch duplicate = duplicate(batch, entry);
        if (duplicate != null) {
            return new Verdict(ErrorCode.NONE, "", duplicate);
        }
        Verdict epoch = checkEpoch(batch, entry);
        if (!epoch.code.isNone()) {
            return epoch;
        }
        Verdict sequence = checkSequence(batch, entry);
        if (!sequence.code.isNone()) {
            return sequence;
        }
        if (entry.hasOpenTransaction() && !batch.isTransactional()) {
            return Verdict.refused(
                    ErrorCode.INVALID_TXN_STATE,
                    "Expected transactional write from producer with producerId " + batch.producerId());
        }
        return Verdict.FINE;
    }

    private Verdict checkUnknown(RecordBatch batch) {
        if (awaited == null || batch.baseSequence() < 0 || !awaited.isTooEarly(batch)) {
            return Verdict.FINE;
        }
        return Verdict.refused(
                ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                "Out of order sequence number for producer " + batch.producerId() + ": " + batch.baseSequence()
                        + " (incoming seq. number) came before a batch that was refused");
    }

    private static Verdict checkEpoch(RecordBatch batch, ProducerEntry entry) {
        if (batch.producerEpoch() >= entry.producerEpoch()) {
            return Verdict.FINE;
        }
        return Verdict.refused(
                ErrorCode.INVALID_PRODUCER_EPOCH,
                "Epoch of producer " + batch.producerId() + " is " + batch.producerEpoch()
                        + ", which is smaller than the last seen epoch " + entry.producerEpoch());
    }

    private static Verdict checkSequence(RecordBatch batch, ProducerEntry entry) {
        int first = batch.baseSequence();
        boolean follows = batch.producerEpoch() == entry.producerEpoch()
                ? ProducerSequences.follows(entry.lastSequence(), first)
                : first == 0;
        if (follows) {
            return Verdict.FINE;
        }
        return Verdict.refused(
                ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                batch.producerEpoch() == entry.producerEpoch()
                        ? "Out of order sequence number for producer " + batch.producerId() + ": " + first
                                + " (incoming seq. number), " + entry.lastSequence() + " (current end sequence number)"
                        : "Invalid sequence number for new epoch of producer " + batch.producerId() + ": "
                                + batch.producerEpoch() + " (request epoch), " + first + " (seq. number), "
                                + entry.producerEpoch() + " (current producer epoch)");
    }

    private static Verdict checkMarker(RecordBatch batch, ProducerEntry entry, EndTransactionMarker marker) {
        if (marker.coordinatorEpoch() < entry.coordinatorEpoch()) {
            return Verdict.refused(
                    ErrorCode.TRANSACTION_COORDINATOR_FENCED,
                    "Invalid coordinator epoch for producerId " + batch.producerId() + ": " + marker.coordinatorEpoch()
                            + " (zombie), " + entry.coordinatorEpoch() + " (current)");
        }
        return checkEpoch(batch, entry);
    }

    private static ProducerEntry.@Nullable AppendedBatch duplicate(RecordBatch batch, ProducerEntry entry) {
        if (batch.producerEpoch() != entry.producerEpoch()) {
            return null;
        }
        for (ProducerEntry.AppendedBatch each : entry.batches()) {
            if (each.firstSequence() == batch.baseSequence() && each.lastSequence() == batch.lastSequence()) {
                return each;
            }
        }
        return null;
    }

    /**
     * A batch was refused, for whatever reason: what its producer sent behind it is out of order from now on, even if the
     * log does not know the producer, until that batch comes again.
     */
    void refused(ByteBuffer batches) {
        if (awaited == null) {
            awaited = new AwaitedSequences();
        }
        awaited.refused(batches);
    }

    /** Batches were refused before the log was open. */
    void await(AwaitedSequences refused) {
        if (awaited == null) {
            awaited = refused;
        } else {
            awaited.addAll(refused);
        }
    }

    /**
     * Takes an appended batch (with its final offsets) into account.
     *
     * @return the transaction that it aborts, if it does
     */
    Optional<AbortedTransaction> apply(RecordBatch batch, Optional<EndTransactionMarker> marker) {
        if (!batch.hasProducerId()) {
            return Optional.empty();
        }
        if (awaited != null) {
            awaited.forget(batch.producerId());
        }
        ProducerEntry entry = entry(batch.producerId(), batch.producerEpoch());
        entry.raiseEpoch(batch.producerEpoch());
        if (batch.isControl()) {
            return marker.isPresent() ? applyMarker(batch, entry, marker.get()) : Optional.empty();
        }
        if (batch.baseSequence() != RecordBatch.NO_SEQUENCE) {
            entry.add(new ProducerEntry.AppendedBatch(
                    batch.lastSequence(), batch.lastOffset(), batch.lastOffsetDelta(), batch.maxTimestamp()));
        }
        if (batch.isTransactional() && !entry.hasOpenTransaction()) {
            entry.beginTransaction(batch.baseOffset());
            openTransactions++;
        }
        return Optional.empty();
    }

    private Optional<AbortedTransaction> applyMarker(
            RecordBatch batch, ProducerEntry entry, EndTransactionMarker marker) {
        long firstOffset = entry.transactionStartOffset();
        boolean wasOpen = entry.hasOpenTransaction();
        entry.endTransaction(marker.coordinatorEpoch(), batch.maxTimestamp());
        if (!wasOpen) {
            return Optional.empty();
        }
        openTransactions--;
        ended.add(new EndedTransaction(firstOffset, batch.lastOffset()));
        if (marker.isCommit()) {
            return Optional.empty();
        }
        long lastStableOffset = firstOpenOffset(batch.lastOffset() + 1);
        return Optional.of(
                new AbortedTransaction(batch.producerId(), firstOffset, batch.lastOffset(), lastStableOffset));
    }

    private ProducerEntry entry(long producerId, short producerEpoch) {
        if (producers.isEmpty()) {
            producers = new LinkedHashMap<>(4);
        }
        ProducerEntry entry = producers.get(producerId);
        if (entry == null) {
            entry = new ProducerEntry(producerId, producerEpoch);
            producers.put(producerId, entry);
        }
        return entry;
    }

    /** The earliest record of a transaction that is open, or whose marker is not durable; else {@code durableOffset}. */
    long firstUnstableOffset(long durableOffset) {
        long first = firstOpenOffset(durableOffset);
        for (EndedTransaction each : ended) {
            if (each.markerOffset >= durableOffset) {
                first = Math.min(first, each.firstOffset);
            }
        }
        return first;
    }

    /** Markers below this offset are durable: their transactions are decided for good. */
    void durable(long durableOffset) {
        while (!ended.isEmpty() && ended.peekFirst().markerOffset < durableOffset) {
            ended.removeFirst();
        }
    }

    private long firstOpenOffset(long otherwise) {
        if (openTransactions == 0) {
            return otherwise;
        }
        long first = otherwise;
        for (ProducerEntry each : producers.values()) {
            if (each.hasOpenTransaction()) {
                first = Math.min(first, each.transactionStartOffset());
            }
        }
        return first;
    }

    /** Forgets producers that were silent for too long and have no open transaction. */
    void expire(long nowMs, long expirationMs) {
        if (!producers.isEmpty()) {
            producers
                    .values()
                    .removeIf(each -> !each.hasOpenTransaction() && nowMs - each.lastTimestampMs() >= expirationMs);
        }
    }

    List<ActiveProducer> describe() {
        List<ActiveProducer> active = new ArrayList<>(producers.size());
        producers.values().forEach(each -> active.add(each.describe()));
        return active;
    }
}
