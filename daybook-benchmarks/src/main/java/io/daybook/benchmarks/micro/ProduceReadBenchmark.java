package io.daybook.benchmarks.micro;

import io.daybook.base.Uuid;
import io.daybook.base.record.MemoryRecords;
import io.daybook.base.wire.BufferWireWriter;
import io.daybook.base.wire.WireReader;
import io.daybook.protocol.message.ProduceRequestData;
import io.daybook.protocol.message.ProduceRequestData.PartitionProduceData;
import io.daybook.protocol.message.ProduceRequestData.TopicProduceData;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reading a Produce request of 16 partitions with a batch of 16 KiB each; neither copies the batches. */
@State(Scope.Benchmark)
public class ProduceReadBenchmark {
    private static final short VERSION = ProduceRequestData.HIGHEST_SUPPORTED_VERSION;
    private static final int PARTITIONS = 16;
    private static final int BATCH_BYTES = 16 << 10;
    private static final int VALUE_BYTES = 1024;

    private ByteBuffer bytes = ByteBuffer.allocate(0);

    /** Makes the bytes that both read. */
    @Setup
    public void encodeRequest() {
        MemoryRecords records = new MemoryRecords(SampleBatch.direct(BATCH_BYTES, VALUE_BYTES));
        List<PartitionProduceData> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(index -> new PartitionProduceData().setIndex(index).setRecords(records))
                .toList();
        ProduceRequestData request = new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(30_000)
                .setTopicData(List.of(
                        new TopicProduceData().setTopicId(new Uuid(1, 2)).setPartitionData(partitions)));
        ByteBuffer encoded = BufferWireWriter.encode(request, VERSION);
        bytes = ByteBuffer.allocateDirect(encoded.remaining()).put(encoded).flip();
        if (!daybook().equals(request)
                || kafka().topicData().find("", kafkaId()).partitionData().size() != PARTITIONS) {
            throw new IllegalStateException("what is read is not what was written");
        }
    }

    /** With the generated class. */
    @Benchmark
    public ProduceRequestData daybook() {
        return new ProduceRequestData(new WireReader(bytes.duplicate()), VERSION);
    }

    /** With Kafka's. */
    @Benchmark
    public org.apache.kafka.common.message.ProduceRequestData kafka() {
        return new org.apache.kafka.common.message.ProduceRequestData(
                new ByteBufferAccessor(bytes.duplicate()), VERSION);
    }

    private static org.apache.kafka.common.Uuid kafkaId() {
        return new org.apache.kafka.common.Uuid(1, 2);
    }
}
