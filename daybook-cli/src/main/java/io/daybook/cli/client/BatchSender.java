package io.daybook.cli.client;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.Compression;
import io.daybook.base.record.MemoryRecords;
import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.protocol.message.InitProducerIdRequestData;
import io.daybook.protocol.message.InitProducerIdResponseData;
import io.daybook.protocol.message.ProduceRequestData;
import io.daybook.protocol.message.ProduceRequestData.PartitionProduceData;
import io.daybook.protocol.message.ProduceRequestData.TopicProduceData;
import io.daybook.protocol.message.ProduceResponseData;
import io.daybook.protocol.message.ProduceResponseData.PartitionProduceResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects records into a batch for each partition and sends them with {@code acks=all} as an idempotent producer: a
 * batch that is sent again after a lost answer is stored once. For one thread.
 */
public final class BatchSender {
    /** From version 13 on topics go by their ids; names serve here. */
    private static final short LAST_VERSION_WITH_NAMES = 12;

    private static final short ACKS_ALL = -1;
    private static final int TIMEOUT_MS = 30_000;
    private static final int BATCH_BYTES = 512 * 1024;
    private static final int ATTEMPTS = 20;
    private static final Set<ErrorCode> PASSING = Set.of(
            ErrorCode.LEADER_NOT_AVAILABLE,
            ErrorCode.NOT_LEADER_OR_FOLLOWER,
            ErrorCode.REQUEST_TIMED_OUT,
            ErrorCode.NETWORK_EXCEPTION,
            ErrorCode.THROTTLING_QUOTA_EXCEEDED);

    private final ClusterClient client;
    private final Offsets offsets;
    private final Compression compression;
    private final Map<TopicPartition, RecordBatchBuilder> open = new LinkedHashMap<>();
    private final Map<TopicPartition, Integer> sequences = new LinkedHashMap<>();
    private long producerId = RecordBatch.NO_PRODUCER_ID;
    private short producerEpoch;
    private long sentRecords;
    private long sentBytes;

    /** Sends through {@code client}. */
    public BatchSender(ClusterClient client, Offsets offsets, Compression compression) {
        this.client = client;
        this.offsets = offsets;
        this.compression = compression;
    }

    /** How many records were acknowledged. */
    public long sentRecords() {
        return sentRecords;
    }

    /** The size of the acknowledged batches, compressed. */
    public long sentBytes() {
        return sentBytes;
    }

    /** Adds a record; sends its batch if that is full now. */
    public void add(TopicPartition partition, BatchRecord record) {
        RecordBatchBuilder builder = open.get(partition);
        if (builder == null) {
            if (producerId == RecordBatch.NO_PRODUCER_ID) {
                initProducerId();
            }
            builder = new RecordBatchBuilder(compression)
                    .producer(producerId, producerEpoch, sequences.getOrDefault(partition, 0));
            open.put(partition, builder);
        }
        builder.append(record.timestampMs(), record.key(), record.value(), record.headers());
        if (builder.uncompressedSizeBytes() >= BATCH_BYTES) {
            flush();
        }
    }

    /** Whether nothing waits to be sent. */
    public boolean isEmpty() {
        return open.isEmpty();
    }

    /**
     * Sends everything, and returns when it is on stable storage.
     *
     * @throws ProtocolException if a batch was refused; those before it are stored
     */
    public void flush() {
        Map<Integer, Map<TopicPartition, RecordBatchBuilder>> byLeader = new LinkedHashMap<>();
        open.forEach((partition, builder) -> byLeader.computeIfAbsent(
                        offsets.leaderOf(partition), leader -> new LinkedHashMap<>())
                .put(partition, builder));
        open.clear();
        byLeader.forEach(this::send);
    }

    private void initProducerId() {
        InitProducerIdRequestData request =
                new InitProducerIdRequestData().setTransactionalId(null).setTransactionTimeoutMs(TIMEOUT_MS);
        InitProducerIdResponseData response = client.call(request, new InitProducerIdResponseData());
        ProtocolException.check(response.errorCode(), "this producer", null);
        producerId = response.producerId();
        producerEpoch = response.producerEpoch();
    }

    private void send(int leader, Map<TopicPartition, RecordBatchBuilder> batches) {
        Map<TopicPartition, MemoryRecords> encoded = new LinkedHashMap<>();
        batches.forEach((partition, builder) -> encoded.put(partition, new MemoryRecords(builder.build())));
        for (int attempt = 1; !encoded.isEmpty(); attempt++) {
            for (PartitionResult result : exchange(leader, encoded)) {
                ErrorCode code = ErrorCode.of(result.response().errorCode());
                if (PASSING.contains(code) && attempt < ATTEMPTS) {
                    continue;
                }
                if (code != ErrorCode.DUPLICATE_SEQUENCE_NUMBER) {
                    ProtocolException.check(
                            result.response().errorCode(),
                            "partition " + result.partition(),
                            result.response().errorMessage());
                }
                acknowledged(result.partition(), batches, encoded);
            }
            if (!encoded.isEmpty()) {
                ClusterClient.pause();
            }
        }
    }

    private void acknowledged(
            TopicPartition partition,
            Map<TopicPartition, RecordBatchBuilder> batches,
            Map<TopicPartition, MemoryRecords> encoded) {
        MemoryRecords records = encoded.remove(partition);
        RecordBatchBuilder builder = batches.get(partition);
        if (records != null && builder != null) {
            int count = builder.recordCount();
            sequences.merge(partition, count, RecordBatch::sequenceAfter);
            sentRecords += count;
            sentBytes += records.sizeBytes();
        }
    }

    private record PartitionResult(TopicPartition partition, PartitionProduceResponse response) {}

    private List<PartitionResult> exchange(int leader, Map<TopicPartition, MemoryRecords> encoded) {
        Map<String, List<PartitionProduceData>> byTopic = new LinkedHashMap<>();
        encoded.forEach((partition, records) -> byTopic.computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                .add(new PartitionProduceData().setIndex(partition.partition()).setRecords(records)));
        List<TopicProduceData> topics = new ArrayList<>();
        byTopic.forEach((topic, partitions) ->
                topics.add(new TopicProduceData().setName(topic).setPartitionData(partitions)));
        ProduceRequestData request = new ProduceRequestData()
                .setTransactionalId(null)
                .setAcks(ACKS_ALL)
                .setTimeoutMs(TIMEOUT_MS)
                .setTopicData(topics);
        ProduceResponseData response =
                client.callAtMost(LAST_VERSION_WITH_NAMES, leader, request, new ProduceResponseData());
        List<PartitionResult> results = new ArrayList<>();
        response.responses().forEach(topic -> topic.partitionResponses()
                .forEach(each ->
                        results.add(new PartitionResult(new TopicPartition(topic.name(), each.index()), each))));
        return results;
    }
}
