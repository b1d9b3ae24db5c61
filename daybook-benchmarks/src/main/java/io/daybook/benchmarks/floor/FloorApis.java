package io.daybook.benchmarks.floor;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.base.record.MemoryRecords;
import io.daybook.base.record.Records;
import io.daybook.base.wire.Message;
import io.daybook.base.wire.WireReader;
import io.daybook.benchmarks.floor.FloorLog.Appended;
import io.daybook.benchmarks.floor.FloorLog.End;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ApiVersionsResponseData;
import io.daybook.protocol.message.ApiVersionsResponseData.ApiVersion;
import io.daybook.protocol.message.FetchRequestData;
import io.daybook.protocol.message.FetchRequestData.FetchPartition;
import io.daybook.protocol.message.FetchRequestData.FetchTopic;
import io.daybook.protocol.message.FetchResponseData;
import io.daybook.protocol.message.FetchResponseData.FetchableTopicResponse;
import io.daybook.protocol.message.FetchResponseData.PartitionData;
import io.daybook.protocol.message.InitProducerIdResponseData;
import io.daybook.protocol.message.ListOffsetsRequestData;
import io.daybook.protocol.message.ListOffsetsResponseData;
import io.daybook.protocol.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import io.daybook.protocol.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import io.daybook.protocol.message.MetadataRequestData;
import io.daybook.protocol.message.MetadataRequestData.MetadataRequestTopic;
import io.daybook.protocol.message.MetadataResponseData;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponseBroker;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponsePartition;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponseTopic;
import io.daybook.protocol.message.ProduceRequestData;
import io.daybook.protocol.message.ProduceRequestData.PartitionProduceData;
import io.daybook.protocol.message.ProduceRequestData.TopicProduceData;
import io.daybook.protocol.message.ProduceResponseData;
import io.daybook.protocol.message.ProduceResponseData.PartitionProduceResponse;
import io.daybook.protocol.message.ProduceResponseData.TopicProduceResponse;
import io.daybook.protocol.message.RequestHeaderData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * Does one request at a time, in the newest version of its API. There is one topic with one partition: the one that was
 * asked for last. A request for anything else, or that a producer and a consumer without a group do not send, is an
 * {@link IllegalArgumentException}.
 */
final class FloorApis {
    private static final List<ApiKey> SERVED = List.of(
            ApiKey.API_VERSIONS,
            ApiKey.METADATA,
            ApiKey.INIT_PRODUCER_ID,
            ApiKey.PRODUCE,
            ApiKey.LIST_OFFSETS,
            ApiKey.FETCH);
    private static final int NODE_ID = 1;
    private static final long EARLIEST_TIMESTAMP = -2;
    private static final LongPredicate AT_ONCE = nowNanos -> true;

    private final FloorLog log;
    private final Supplier<End> visible;
    private final int port;
    private String topic = "";
    private Uuid topicId = Uuid.ZERO;
    private long topics;
    private long producers;

    /** {@code visible} tells the end of what may be acknowledged and fetched. */
    FloorApis(FloorLog log, Supplier<End> visible, int port) {
        this.log = log;
        this.visible = visible;
        this.port = port;
    }

    /** Reads a whole request, which is borrowed, and does it. No answer where none is wanted. */
    Optional<FloorAnswer> take(ByteBuffer bytes) {
        short id = bytes.getShort(bytes.position());
        short version = bytes.getShort(bytes.position() + Short.BYTES);
        ApiKey api = ApiKey.find(id)
                .filter(SERVED::contains)
                .orElseThrow(() -> new IllegalArgumentException("API " + id + " is not served"));
        if (version != api.highestStableVersion()) {
            throw new IllegalArgumentException(api + " in version " + version);
        }
        WireReader reader = new WireReader(bytes);
        int correlationId = new RequestHeaderData(reader, api.requestHeaderVersion(version)).correlationId();
        Message request = api.readRequest(reader, version);
        reader.checkEnd("the request");
        if (request instanceof ProduceRequestData produce) {
            Produced produced = produce(produce);
            return produce.acks() == 0
                    ? Optional.empty()
                    : Optional.of(new FloorAnswer(api, version, correlationId, produced, produced::response));
        }
        // Without a topic it is the last word of a consumer, to which nobody listens.
        if (request instanceof FetchRequestData fetch && !fetch.topics().isEmpty()) {
            Fetch waiting = fetch(fetch);
            return Optional.of(new FloorAnswer(api, version, correlationId, waiting, waiting::response));
        }
        Message response = respond(api, request);
        return Optional.of(new FloorAnswer(api, version, correlationId, AT_ONCE, () -> response));
    }

    private Message respond(ApiKey api, Message request) {
        if (request instanceof MetadataRequestData metadata) {
            return metadata(metadata);
        }
        if (request instanceof ListOffsetsRequestData offsets) {
            return listOffsets(offsets);
        }
        if (request instanceof FetchRequestData) {
            return new FetchResponseData();
        }
        return api == ApiKey.INIT_PRODUCER_ID
                ? new InitProducerIdResponseData().setProducerId(++producers).setProducerEpoch((short) 0)
                : versions();
    }

    private static ApiVersionsResponseData versions() {
        List<ApiVersion> versions = new ArrayList<>();
        for (ApiKey each : SERVED) {
            versions.add(new ApiVersion()
                    .setApiKey(each.id())
                    .setMinVersion(each.highestStableVersion())
                    .setMaxVersion(each.highestStableVersion()));
        }
        return new ApiVersionsResponseData().setApiKeys(versions);
    }

    private MetadataResponseData metadata(MetadataRequestData request) {
        List<MetadataRequestTopic> asked = request.topics();
        List<MetadataResponseTopic> answers = new ArrayList<>();
        if (asked != null && !asked.isEmpty()) {
            String name = only(asked).name();
            if (name == null) {
                throw new IllegalArgumentException("a topic without a name");
            }
            if (!name.equals(topic)) {
                topic = name;
                topicId = new Uuid(++topics, topics);
                log.begin();
            }
            answers.add(new MetadataResponseTopic()
                    .setName(topic)
                    .setTopicId(topicId)
                    .setPartitions(List.of(new MetadataResponsePartition()
                            .setPartitionIndex(0)
                            .setLeaderId(NODE_ID)
                            .setLeaderEpoch(0)
                            .setReplicaNodes(List.of(NODE_ID))
                            .setIsrNodes(List.of(NODE_ID)))));
        }
        return new MetadataResponseData()
                .setBrokers(List.of(new MetadataResponseBroker()
                        .setNodeId(NODE_ID)
                        .setHost("127.0.0.1")
                        .setPort(port)))
                .setClusterId("floor")
                .setControllerId(NODE_ID)
                .setTopics(answers);
    }

    private ListOffsetsResponseData listOffsets(ListOffsetsRequestData request) {
        long timestamp = only(only(request.topics()).partitions()).timestamp();
        return new ListOffsetsResponseData()
                .setTopics(List.of(new ListOffsetsTopicResponse()
                        .setName(only(request.topics()).name())
                        .setPartitions(List.of(new ListOffsetsPartitionResponse()
                                .setPartitionIndex(0)
                                .setOffset(
                                        timestamp == EARLIEST_TIMESTAMP
                                                ? 0
                                                : visible.get().offset())
                                .setLeaderEpoch(0)))));
    }

    private Produced produce(ProduceRequestData request) {
        TopicProduceData data = only(request.topicData());
        PartitionProduceData partition = only(data.partitionData());
        checkPartition(data.topicId(), partition.index());
        if (!(partition.records() instanceof MemoryRecords records)) {
            throw new IllegalArgumentException("no records");
        }
        return new Produced(data.topicId(), log.append(records.writableBuffer()), visible);
    }

    private Fetch fetch(FetchRequestData request) {
        FetchTopic named = only(request.topics());
        FetchPartition partition = only(named.partitions());
        checkPartition(named.topicId(), partition.partition());
        return new Fetch(
                named.topicId(),
                partition,
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(request.maxWaitMs()),
                log,
                visible);
    }

    private void checkPartition(Uuid id, int partition) {
        if (!id.equals(topicId) || partition != 0) {
            throw new IllegalArgumentException("there is only partition 0 of " + topic);
        }
    }

    private static <T> T only(List<T> elements) {
        if (elements.size() != 1) {
            throw new IllegalArgumentException(elements.size() + " elements instead of one");
        }
        return elements.get(0);
    }

    /** Batches that were appended; acknowledged once they are visible. */
    private record Produced(Uuid topicId, Appended appended, Supplier<End> visible) implements LongPredicate {
        @Override
        public boolean test(long nowNanos) {
            return visible.get().offset() >= appended.endOffset();
        }

        Message response() {
            return new ProduceResponseData()
                    .setResponses(List.of(new TopicProduceResponse()
                            .setTopicId(topicId)
                            .setPartitionResponses(List.of(new PartitionProduceResponse()
                                    .setIndex(0)
                                    .setErrorCode(appended.code().code())
                                    .setBaseOffset(appended.baseOffset())
                                    .setLogStartOffset(0)))));
        }
    }

    /** Waits for the first record that it may see, or for its time to pass. */
    private record Fetch(
            Uuid topicId, FetchPartition partition, long deadlineNanos, FloorLog log, Supplier<End> visible)
            implements LongPredicate {
        @Override
        public boolean test(long nowNanos) {
            return visible.get().offset() != partition.fetchOffset() || nowNanos - deadlineNanos >= 0;
        }

        Message response() {
            End end = visible.get();
            long offset = partition.fetchOffset();
            boolean isInside = offset >= 0 && offset <= end.offset();
            Records records = isInside ? log.read(offset, partition.partitionMaxBytes(), end) : Records.EMPTY;
            return new FetchResponseData()
                    .setResponses(List.of(new FetchableTopicResponse()
                            .setTopicId(topicId)
                            .setPartitions(List.of(new PartitionData()
                                    .setPartitionIndex(0)
                                    .setErrorCode((isInside ? ErrorCode.NONE : ErrorCode.OFFSET_OUT_OF_RANGE).code())
                                    .setHighWatermark(end.offset())
                                    .setLastStableOffset(end.offset())
                                    .setLogStartOffset(0)
                                    .setRecords(records)))));
        }
    }
}
