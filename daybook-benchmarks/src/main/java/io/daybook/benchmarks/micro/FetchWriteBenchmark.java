package io.daybook.benchmarks.micro;

import io.daybook.base.Uuid;
import io.daybook.base.record.MemoryRecords;
import io.daybook.base.record.Records;
import io.daybook.base.wire.BufferWireWriter;
import io.daybook.protocol.message.FetchResponseData;
import io.daybook.protocol.message.FetchResponseData.FetchableTopicResponse;
import io.daybook.protocol.message.FetchResponseData.PartitionData;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Writing a Fetch response of 16 partitions into memory that is there: its size first, then its bytes. */
@State(Scope.Benchmark)
public class FetchWriteBenchmark {
    private static final short VERSION = FetchResponseData.HIGHEST_SUPPORTED_VERSION;
    private static final int PARTITIONS = 16;
    private static final int VALUE_BYTES = 1024;

    /** Of each partition; 0 is the message alone, as it is written when the records go from the file to the socket. */
    @Param({"0", "16384"})
    public int recordsBytes;

    private FetchResponseData ours = new FetchResponseData();
    private org.apache.kafka.common.message.FetchResponseData theirs =
            new org.apache.kafka.common.message.FetchResponseData();
    private ByteBuffer target = ByteBuffer.allocate(0);

    /** Makes the same response for both. */
    @Setup
    public void makeResponses() {
        Records records =
                recordsBytes == 0 ? Records.EMPTY : new MemoryRecords(SampleBatch.direct(recordsBytes, VALUE_BYTES));
        List<PartitionData> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(index -> new PartitionData()
                        .setPartitionIndex(index)
                        .setHighWatermark(1_000_000)
                        .setLastStableOffset(1_000_000)
                        .setLogStartOffset(0)
                        .setRecords(records))
                .toList();
        ours = new FetchResponseData()
                .setSessionId(7)
                .setResponses(List.of(
                        new FetchableTopicResponse().setTopicId(new Uuid(1, 2)).setPartitions(partitions)));
        ByteBuffer encoded = BufferWireWriter.encode(ours, VERSION);
        theirs = new org.apache.kafka.common.message.FetchResponseData(
                new ByteBufferAccessor(encoded.duplicate()), VERSION);
        target = ByteBuffer.allocateDirect(encoded.remaining());
        if (!daybook().flip().equals(encoded) || !kafka().flip().equals(encoded)) {
            throw new IllegalStateException("the two do not write the same");
        }
    }

    /** With the generated class. */
    @Benchmark
    public ByteBuffer daybook() {
        target.clear().limit(ours.sizeBytes(VERSION));
        ours.write(new BufferWireWriter(target), VERSION);
        return target;
    }

    /** With Kafka's. */
    @Benchmark
    public ByteBuffer kafka() {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        target.clear().limit(theirs.size(cache, VERSION));
        theirs.write(new ByteBufferAccessor(target), cache, VERSION);
        return target;
    }
}
