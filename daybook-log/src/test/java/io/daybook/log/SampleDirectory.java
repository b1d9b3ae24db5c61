package io.daybook.log;

import io.daybook.base.record.Compression;
import io.daybook.base.record.EndTransactionMarker;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.runtime.FileSystemDisk;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Writes a log directory with several segments, producers, codecs and an aborted transaction, for Kafka's dump tool. */
public final class SampleDirectory {
    private SampleDirectory() {}

    public static void main(String[] args) {
        write(Path.of(args[0]));
    }

    static void write(Path directory) {
        LogFixture fixture = new LogFixture(new FileSystemDisk(), directory);
        PartitionLog log = fixture.open(LogConfig.DEFAULTS.withSegments(40_000, Long.MAX_VALUE));
        for (int i = 0; i < 300; i++) {
            fixture.ticker.advanceMs(7);
            Compression codec = Compression.values()[i % Compression.values().length];
            RecordBatchBuilder builder = new RecordBatchBuilder(codec).producer(40 + i % 3, (short) 0, i / 3 * 3);
            for (int j = 0; j < 3; j++) {
                builder.append(
                        fixture.ticker.wallMs() + j,
                        LogFixture.bytes("key-" + i),
                        LogFixture.bytes("value-" + i + "-" + "x".repeat(i)));
            }
            AppendResult result = log.append(builder.build(), AppendOrigin.CLIENT, 0);
            if (!result.code().isNone()) {
                throw new IllegalStateException(result.toString());
            }
        }
        ByteBuffer transactional = new RecordBatchBuilder(Compression.NONE)
                .producer(77, (short) 1, 0)
                .transactional()
                .append(fixture.ticker.wallMs(), null, LogFixture.bytes("aborted"))
                .build();
        log.append(transactional, AppendOrigin.CLIENT, 0);
        log.append(
                new EndTransactionMarker(false, 5).toBatch(77, (short) 1, fixture.ticker.wallMs()),
                AppendOrigin.COORDINATOR,
                0);
        fixture.await(fixture.engine.close());
    }
}
