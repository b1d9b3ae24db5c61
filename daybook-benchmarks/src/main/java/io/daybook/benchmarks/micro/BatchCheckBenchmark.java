package io.daybook.benchmarks.micro;

import io.daybook.base.record.BatchCheck;
import io.daybook.base.record.BatchRules;
import io.daybook.base.record.BatchVerdict;
import io.daybook.base.record.RecordBatches;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a Produce request's batch goes through before it is appended, beside the checksum alone, its lower bound. */
@State(Scope.Benchmark)
public class BatchCheckBenchmark {
    /** Size of the batch and of each value, in bytes. */
    @Param({"16384/1024", "16384/100", "262144/1024"})
    public String batchAndValueBytes = "16384/1024";

    private final BatchCheck check = new BatchCheck();
    private final RecordBatches batches = new RecordBatches(ByteBuffer.allocate(0));
    private final CRC32C crc = new CRC32C();
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    /** Makes the batch. */
    @Setup
    public void makeBatch() {
        String[] sizes = batchAndValueBytes.split("/");
        bytes = SampleBatch.direct(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]));
        if (!check().isAccepted()) {
            throw new IllegalStateException("the batch is refused: " + check());
        }
    }

    /** Bounds, checksum, header, and every record. */
    @Benchmark
    public BatchVerdict check() {
        batches.reset(bytes);
        if (!batches.next()) {
            throw new IllegalStateException("no batch: " + batches.end());
        }
        return check.check(batches.batch(), BatchRules.DEFAULTS, SampleBatch.TIMESTAMP_MS);
    }

    /** CRC32C over all of the same bytes. */
    @Benchmark
    public long checksumAlone() {
        crc.reset();
        crc.update(bytes);
        bytes.rewind();
        return crc.getValue();
    }
}
