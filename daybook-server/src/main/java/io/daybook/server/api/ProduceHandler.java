package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.base.record.MemoryRecords;
import io.daybook.base.record.Records;
import io.daybook.broker.partition.Acks;
import io.daybook.broker.partition.Partition;
import io.daybook.broker.partition.Partitions;
import io.daybook.broker.topic.TopicName;
import io.daybook.log.AppendResult;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ProduceRequestData;
import io.daybook.protocol.message.ProduceRequestData.PartitionProduceData;
import io.daybook.protocol.message.ProduceRequestData.TopicProduceData;
import io.daybook.protocol.message.ProduceResponseData;
import io.daybook.protocol.message.ProduceResponseData.PartitionProduceResponse;
import io.daybook.protocol.message.ProduceResponseData.TopicProduceResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Produce: appends to each partition on its shard, and answers when all have been acknowledged as the client asks for. */
public final class ProduceHandler implements ApiHandler<ProduceRequestData, ProduceResponseData> {
    private static final short FIRST_WITH_ZSTD = 7;
    private static final short FIRST_WITH_TOPIC_IDS = 13;

    private static final int MAGIC_POSITION = 16;
    private static final byte CURRENT_MAGIC = 2;

    /** Where a batch of format v2 says how it is compressed, and whether it belongs to a transaction. */
    private static final int ATTRIBUTES_POSITION = 21;

    private static final int CODEC_MASK = 0x07;
    private static final int ZSTD = 4;
    private static final int TRANSACTIONAL_MASK = 0x10;

    private final Partitions partitions;

    /** Appends to these. */
    public ProduceHandler(Partitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.PRODUCE;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(3, 13);
    }

    /** From 0, though 0 to 2 are not served: librdkafka takes a higher begin for a broker that knows no compression. */
    @Override
    public VersionRange advertisedVersions() {
        return VersionRange.of(0, 13);
    }

    @Override
    public void handle(ApiCall<ProduceRequestData, ProduceResponseData> call) {
        ProduceRequestData request = call.request();
        Optional<Acks> acks = acksOf(request.acks());
        if (acks.isEmpty()) {
            call.fail(ErrorCode.INVALID_REQUIRED_ACKS, "acks=" + request.acks() + " is neither 0, 1 nor -1");
            return;
        }
        ProduceAnswer answer = new ProduceAnswer(call, acks.get());
        List<TopicProduceResponse> topics = new ArrayList<>(request.topicData().size());
        for (TopicProduceData topic : request.topicData()) {
            List<PartitionProduceResponse> responses =
                    new ArrayList<>(topic.partitionData().size());
            for (PartitionProduceData data : topic.partitionData()) {
                PartitionProduceResponse response = new PartitionProduceResponse().setIndex(data.index());
                responses.add(response);
                produce(call, answer, topic, data, response);
            }
            topics.add(new TopicProduceResponse()
                    .setName(topic.name())
                    .setTopicId(topic.topicId())
                    .setPartitionResponses(responses));
        }
        answer.start(new ProduceResponseData().setResponses(topics));
    }

    /** Nobody reads an answer to {@code acks=0}. */
    @Override
    public boolean isAnswered(ProduceRequestData request) {
        return request.acks() != 0;
    }

    @Override
    public ProduceResponseData errorResponse(
            ProduceRequestData request, short version, ErrorCode code, @Nullable String message) {
        List<TopicProduceResponse> topics = new ArrayList<>(request.topicData().size());
        for (TopicProduceData topic : request.topicData()) {
            List<PartitionProduceResponse> responses = new ArrayList<>();
            for (PartitionProduceData data : topic.partitionData()) {
                PartitionProduceResponse response = new PartitionProduceResponse().setIndex(data.index());
                ProduceAnswer.fill(response, new AppendResult.Refused(code, message == null ? "" : message));
                responses.add(response);
            }
            topics.add(new TopicProduceResponse()
                    .setName(topic.name())
                    .setTopicId(topic.topicId())
                    .setPartitionResponses(responses));
        }
        return new ProduceResponseData().setResponses(topics);
    }

    private void produce(
            ApiCall<ProduceRequestData, ProduceResponseData> call,
            ProduceAnswer answer,
            TopicProduceData topic,
            PartitionProduceData data,
            PartitionProduceResponse response) {
        short version = call.context().version();
        boolean isById = version >= FIRST_WITH_TOPIC_IDS;
        Optional<Partition> partition =
                isById ? partitions.find(topic.topicId(), data.index()) : partitions.find(topic.name(), data.index());
        if (partition.isEmpty()) {
            answer.refuse(response, unknown(topic, isById), "there is no such partition");
            return;
        }
        String name = partition.get().id().topic();
        if (TopicName.isInternal(name)) {
            answer.refuse(response, ErrorCode.INVALID_TOPIC_EXCEPTION, "Cannot append to internal topic " + name);
            return;
        }
        Records records = data.records();
        if (!(records instanceof MemoryRecords) || records.sizeBytes() <= ATTRIBUTES_POSITION + 1) {
            answer.refuse(
                    response, ErrorCode.INVALID_RECORD, "a request must have one record batch for each partition");
            return;
        }
        ByteBuffer batch = ((MemoryRecords) records).writableBuffer();
        boolean isCurrent = batch.get(batch.position() + MAGIC_POSITION) == CURRENT_MAGIC;
        short attributes = isCurrent ? batch.getShort(batch.position() + ATTRIBUTES_POSITION) : 0;
        if (call.request().transactionalId() != null || (attributes & TRANSACTIONAL_MASK) != 0) {
            answer.refuse(response, ErrorCode.INVALID_TXN_STATE, "transactions are not supported by this version");
        } else if (version < FIRST_WITH_ZSTD && (attributes & CODEC_MASK) == ZSTD) {
            answer.refuse(
                    response,
                    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
                    "Produce requests with version " + version + " are not allowed to use ZStandard compression");
        } else {
            answer.add(partition.get(), batch, response);
        }
    }

    private ErrorCode unknown(TopicProduceData topic, boolean isById) {
        return isById && !partitions.isTopic(topic.topicId())
                ? ErrorCode.UNKNOWN_TOPIC_ID
                : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }

    private static Optional<Acks> acksOf(short acks) {
        return switch (acks) {
            case 0 -> Optional.of(Acks.NONE);
            case 1 -> Optional.of(Acks.LEADER);
            case -1 -> Optional.of(Acks.ALL);
            default -> Optional.empty();
        };
    }
}
