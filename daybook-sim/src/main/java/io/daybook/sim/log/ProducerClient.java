package io.daybook.sim.log;

import io.daybook.base.ErrorCode;
import io.daybook.base.record.Compression;
import io.daybook.broker.partition.Acks;
import io.daybook.broker.partition.Partition;
import io.daybook.log.AppendResult;
import io.daybook.runtime.RandomSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A producer of one partition. An idempotent one keeps up to five batches in flight, sends again what was not
 * acknowledged, and now and then loses an answer; the other sends everything once.
 */
final class ProducerClient {
    private static final int MAX_IN_FLIGHT = 5;

    /** One sending of a batch, and whether it is still of interest. */
    private static final class Attempt {
        private final SentBatch batch;
        private boolean isOpen = true;

        Attempt(SentBatch batch) {
            this.batch = batch;
        }
    }

    private final String partitionName;
    private final PartitionModel model;
    private final RandomSource random;
    private final int maxValueBytes;
    private final boolean isIdempotent;
    private final Deque<SentBatch> unacknowledged = new ArrayDeque<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private String name;
    private long producerId;
    private int nextNumber;
    private int toResend;

    ProducerClient(
            String partitionName, PartitionModel model, long producerId, RandomSource random, int maxValueBytes) {
        this.partitionName = partitionName;
        this.model = model;
        this.random = random;
        this.maxValueBytes = maxValueBytes;
        this.isIdempotent = producerId >= 0;
        this.producerId = producerId;
        this.name = (isIdempotent ? "i" + producerId : "p" + -producerId) + "." + partitionName;
    }

    /** Answers that have not come. */
    int openCount() {
        return (int) attempts.stream().filter(each -> each.isOpen).count();
    }

    /** Sends something, if it is its turn. */
    void send(Partition partition, boolean isDriveFailed, long nowMs) {
        if (toResend > 0) {
            resend(partition, isDriveFailed);
        } else if (openCount() < MAX_IN_FLIGHT && unacknowledged.size() < MAX_IN_FLIGHT) {
            SentBatch batch = newBatch(nowMs);
            if (isIdempotent) {
                unacknowledged.addLast(batch);
            }
            submit(partition, batch, isDriveFailed);
        }
    }

    /** The connection breaks: answers that are under way are lost, what they answered is sent again. */
    void disconnect() {
        attempts.forEach(each -> each.isOpen = false);
        attempts.clear();
        toResend = unacknowledged.size();
    }

    /** The log may have lost what it acknowledged: a new producer starts. */
    void startAnew(long newProducerId) {
        attempts.clear();
        unacknowledged.clear();
        toResend = 0;
        nextNumber = 0;
        producerId = isIdempotent ? newProducerId : producerId;
        name = (isIdempotent ? "i" : "p") + newProducerId + "." + partitionName;
    }

    private SentBatch newBatch(long nowMs) {
        int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 12 : 3);
        List<Integer> valueBytes = new ArrayList<>();
        int left = maxValueBytes;
        for (int i = 0; i < count; i++) {
            int bytes = Math.min(left, random.nextInt(8) == 0 ? 1500 + random.nextInt(3000) : random.nextInt(200));
            valueBytes.add(bytes);
            left -= bytes;
        }
        Compression compression = random.nextInt(4) == 0 ? Compression.GZIP : Compression.NONE;
        SentBatch batch =
                new SentBatch(name, isIdempotent ? producerId : -1, nextNumber, valueBytes, compression, nowMs);
        nextNumber += count;
        return batch;
    }

    /** What is unanswered goes again in its order, all of it at once as after a reconnect. */
    private void resend(Partition partition, boolean isDriveFailed) {
        if (openCount() > 0) {
            return;
        }
        toResend = 0;
        for (SentBatch each : List.copyOf(unacknowledged)) {
            submit(partition, each, isDriveFailed);
        }
    }

    private void submit(Partition partition, SentBatch batch, boolean isDriveFailed) {
        Attempt attempt = new Attempt(batch);
        attempts.add(attempt);
        Acks acks = !isIdempotent && random.nextInt(3) == 0 ? Acks.LEADER : Acks.ALL;
        boolean accepted = partition
                .shard()
                .offer(() -> partition.append(
                        batch.bytes(),
                        acks,
                        Long.MAX_VALUE,
                        result -> model.guard(() -> answered(attempt, acks, result, isDriveFailed))));
        if (!accepted) {
            attempts.remove(attempt);
            toResend = unacknowledged.size();
        }
    }

    private void answered(Attempt attempt, Acks acks, AppendResult result, boolean isDriveFailed) {
        boolean isCounted = attempts.remove(attempt) && attempt.isOpen;
        SentBatch batch = attempt.batch;
        if (result.code().isNone()) {
            if (result.lastOffset() - result.baseOffset() + 1 != batch.recordCount()) {
                throw model.broken("the answer to " + batch + " counts otherwise: " + result);
            }
            if (acks == Acks.ALL) {
                if (isDriveFailed) {
                    throw model.broken(batch + " was acknowledged after its drive had failed");
                }
                model.acknowledged(batch, result.baseOffset());
                if (isCounted) {
                    unacknowledged.remove(batch);
                }
            }
        } else if (isCounted && isIdempotent) {
            toResend = unacknowledged.size();
            checkRefusal(batch, result);
        }
    }

    private void checkRefusal(SentBatch batch, AppendResult result) {
        boolean follows = !unacknowledged.isEmpty() && unacknowledged.peekFirst() != batch;
        ErrorCode code = result.code();
        boolean isExpected = code == ErrorCode.KAFKA_STORAGE_ERROR
                || code == ErrorCode.NOT_LEADER_OR_FOLLOWER
                || (follows && code == ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        if (!isExpected) {
            throw model.broken(batch + " was refused: " + result);
        }
    }
}
