package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.base.record.Records;
import io.daybook.broker.fetch.FetchAnswer;
import io.daybook.broker.fetch.FetchKey;
import io.daybook.broker.partition.Isolation;
import io.daybook.broker.partition.PartitionRead;
import io.daybook.protocol.message.FetchRequestData;
import io.daybook.protocol.message.FetchRequestData.FetchPartition;
import io.daybook.protocol.message.FetchRequestData.FetchTopic;
import io.daybook.protocol.message.FetchResponseData;
import io.daybook.protocol.message.FetchResponseData.AbortedTransaction;
import io.daybook.protocol.message.FetchResponseData.EpochEndOffset;
import io.daybook.protocol.message.FetchResponseData.FetchableTopicResponse;
import io.daybook.protocol.message.FetchResponseData.PartitionData;
import java.util.ArrayList;
import java.util.List;

/** Writes what a fetch found as a response. */
final class FetchResponses {
    private final Isolation isolation;

    FetchResponses(Isolation isolation) {
        this.isolation = isolation;
    }

    /** The response with the records of the answer, which it owns from now on. */
    FetchResponseData of(FetchAnswer answer) {
        List<FetchableTopicResponse> topics = new ArrayList<>();
        List<PartitionData> partitions = List.of();
        FetchKey last = new FetchKey(Uuid.ZERO, "", -1);
        for (FetchAnswer.Part part : answer.parts()) {
            FetchKey key = part.key();
            if (topics.isEmpty() || !isSameTopic(key, last)) {
                partitions = new ArrayList<>();
                topics.add(topic(key.topic(), key.topicId(), partitions));
            }
            partitions.add(data(key.partition(), part.read()));
            last = key;
        }
        return new FetchResponseData()
                .setErrorCode(answer.code().code())
                .setSessionId(answer.sessionId())
                .setResponses(topics);
    }

    /** The response to a request that is refused as a whole. */
    static FetchResponseData failed(FetchRequestData request, ErrorCode code) {
        List<FetchableTopicResponse> topics = new ArrayList<>();
        for (FetchTopic topic : request.topics()) {
            List<PartitionData> partitions = new ArrayList<>();
            for (FetchPartition each : topic.partitions()) {
                partitions.add(new PartitionData()
                        .setPartitionIndex(each.partition())
                        .setErrorCode(code.code())
                        .setHighWatermark(-1)
                        .setRecords(Records.EMPTY));
            }
            topics.add(topic(topic.topic(), topic.topicId(), partitions));
        }
        return new FetchResponseData().setErrorCode(code.code()).setResponses(topics);
    }

    private static boolean isSameTopic(FetchKey one, FetchKey other) {
        return one.topicId().equals(other.topicId()) && one.topic().equals(other.topic());
    }

    private static FetchableTopicResponse topic(String name, Uuid id, List<PartitionData> partitions) {
        return new FetchableTopicResponse().setTopic(name).setTopicId(id).setPartitions(partitions);
    }

    private PartitionData data(int partition, PartitionRead read) {
        PartitionData data = new PartitionData()
                .setPartitionIndex(partition)
                .setErrorCode(read.code().code())
                .setHighWatermark(read.offsets().highWatermark())
                .setLastStableOffset(read.offsets().lastStableOffset())
                .setLogStartOffset(read.offsets().logStartOffset())
                .setRecords(read.records());
        if (read.diverging().leaderEpoch() >= 0) {
            data.setDivergingEpoch(new EpochEndOffset()
                    .setEpoch(read.diverging().leaderEpoch())
                    .setEndOffset(read.diverging().endOffset()));
        }
        return data.setAbortedTransactions(
                isolation == Isolation.READ_COMMITTED && read.code().isNone() ? aborted(read) : null);
    }

    private static List<AbortedTransaction> aborted(PartitionRead read) {
        List<AbortedTransaction> aborted = new ArrayList<>(read.aborted().size());
        for (io.daybook.log.AbortedTransaction each : read.aborted()) {
            aborted.add(
                    new AbortedTransaction().setProducerId(each.producerId()).setFirstOffset(each.firstOffset()));
        }
        return aborted;
    }
}
