package io.daybook.cli.client;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatches;
import io.daybook.base.record.RecordReader;
import io.daybook.base.record.Records;
import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import io.daybook.protocol.message.FetchRequestData;
import io.daybook.protocol.message.FetchRequestData.FetchPartition;
import io.daybook.protocol.message.FetchRequestData.FetchTopic;
import io.daybook.protocol.message.FetchResponseData;
import io.daybook.protocol.message.FetchResponseData.FetchableTopicResponse;
import io.daybook.protocol.message.FetchResponseData.PartitionData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads partitions from where it stands in each. For one thread. */
public final class Fetcher {
    /** From version 13 on topics go by their ids; names serve here. */
    private static final short LAST_VERSION_WITH_NAMES = 12;

    private static final int MAX_BYTES = 32 * 1024 * 1024;
    private static final int PARTITION_MAX_BYTES = 1024 * 1024;
    private static final int MAX_DECOMPRESSED_BYTES = 1024 * 1024 * 1024;

    private final ClusterClient client;
    private final Offsets offsets;
    private final Map<TopicPartition, Long> positions = new LinkedHashMap<>();

    /** Gets every record in the order of its partition; returns false to hear no more. */
    @FunctionalInterface
    public interface Sink {
        /** One record. */
        boolean accept(TopicPartition partition, BatchRecord record);
    }

    /** Reads through {@code client}. */
    public Fetcher(ClusterClient client, Offsets offsets) {
        this.client = client;
        this.offsets = offsets;
    }

    /** Where the next record of each partition is expected. */
    public Map<TopicPartition, Long> positions() {
        return Map.copyOf(positions);
    }

    /** From now on reads this partition from there. */
    public void seek(TopicPartition partition, long offset) {
        positions.put(partition, offset);
    }

    /** From now on does not read this partition. */
    public void forget(TopicPartition partition) {
        positions.remove(partition);
    }

    /**
     * Asks each leader once, waiting up to {@code maxWaitMs} for something new.
     *
     * @return whether the sink wants more
     */
    public boolean poll(int maxWaitMs, Sink sink) {
        Map<Integer, Map<String, List<FetchPartition>>> byLeader = new LinkedHashMap<>();
        positions.forEach((partition, offset) -> byLeader.computeIfAbsent(
                        offsets.leaderOf(partition), leader -> new LinkedHashMap<>())
                .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                .add(new FetchPartition()
                        .setPartition(partition.partition())
                        .setFetchOffset(offset)
                        .setPartitionMaxBytes(PARTITION_MAX_BYTES)));
        for (Map.Entry<Integer, Map<String, List<FetchPartition>>> each : byLeader.entrySet()) {
            List<FetchTopic> topics = new ArrayList<>();
            each.getValue()
                    .forEach((topic, partitions) ->
                            topics.add(new FetchTopic().setTopic(topic).setPartitions(partitions)));
            FetchRequestData request = new FetchRequestData()
                    .setMaxWaitMs(maxWaitMs)
                    .setMinBytes(1)
                    .setMaxBytes(MAX_BYTES)
                    .setIsolationLevel((byte) 1)
                    .setTopics(topics);
            FetchResponseData response =
                    client.callAtMost(LAST_VERSION_WITH_NAMES, each.getKey(), request, new FetchResponseData());
            ProtocolException.check(response.errorCode(), "fetch from broker " + each.getKey(), null);
            for (FetchableTopicResponse topic : response.responses()) {
                for (PartitionData partition : topic.partitions()) {
                    if (!deliver(new TopicPartition(topic.topic(), partition.partitionIndex()), partition, sink)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean deliver(TopicPartition partition, PartitionData data, Sink sink) {
        if (ErrorCode.of(data.errorCode()) == ErrorCode.OFFSET_OUT_OF_RANGE) {
            long start = offsets.list(List.of(partition), OffsetSpec.START).getOrDefault(partition, 0L);
            if (positions.getOrDefault(partition, 0L) < start) {
                // Retention was faster: what is left begins here.
                positions.put(partition, start);
                return true;
            }
        }
        ProtocolException.check(data.errorCode(), "partition " + partition, null);
        Aborted aborted = new Aborted(data.abortedTransactions());
        @Nullable Records records = data.records();
        if (records == null) {
            return true;
        }
        RecordBatches batches = new RecordBatches(records.buffer());
        while (batches.next()) {
            RecordBatch batch = batches.batch();
            if (!batch.isValid()) {
                throw new CommandException(
                        ExitCode.FAILURE,
                        "partition " + partition + ": the batch at offset " + batch.baseOffset() + " is damaged (CRC)");
            }
            if (!aborted.hides(batch) && !batch.isControl() && !deliver(partition, batch, sink)) {
                return false;
            }
            positions.merge(partition, batch.nextOffset(), Math::max);
        }
        return true;
    }

    private boolean deliver(TopicPartition partition, RecordBatch batch, Sink sink) {
        long from = positions.getOrDefault(partition, 0L);
        try (RecordReader reader = RecordReader.of(batch, MAX_DECOMPRESSED_BYTES)) {
            while (reader.hasNext()) {
                BatchRecord record = reader.next();
                if (record.offset() >= from) {
                    positions.put(partition, record.offset() + 1);
                    if (!sink.accept(partition, record)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
