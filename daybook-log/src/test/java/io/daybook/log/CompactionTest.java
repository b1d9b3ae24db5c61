package io.daybook.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.Compression;
import io.daybook.base.record.RecordBatchBuilder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompactionTest {
    private static final LogConfig COMPACTED = LogConfig.DEFAULTS
            .withSegments(3_000, Long.MAX_VALUE)
            .withRetention(new LogConfig.Retention(false, -1, -1, 0))
            .withCompaction(new LogConfig.Compaction(true, 1_000, 0, Long.MAX_VALUE, 0.1));

    private final FaultyDisk disk = new FaultyDisk();
    private final LogFixture fixture = new LogFixture(disk, Path.of("/data"));

    private void put(PartitionLog log, Compression codec, String... keysAndValues) {
        RecordBatchBuilder builder = new RecordBatchBuilder(codec);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            String value = keysAndValues[i + 1];
            builder.append(
                    fixture.ticker.wallMs(),
                    LogFixture.bytes(keysAndValues[i]),
                    value.isEmpty() ? null : LogFixture.bytes(value));
        }
        ByteBuffer batch = builder.build();
        assertThat(log.append(batch, AppendOrigin.CLIENT, 0).code().isNone()).isTrue();
    }

    private List<BatchRecord> records(PartitionLog log) {
        List<BatchRecord> records = new ArrayList<>();
        fixture.visit(log, log.startOffset(), 4_000, (batch, record) -> records.add(record));
        return records;
    }

    private Map<String, String> table(PartitionLog log) {
        Map<String, String> table = new LinkedHashMap<>();
        for (BatchRecord record : records(log)) {
            table.put(LogFixture.text(record.key()), LogFixture.text(record.value()));
        }
        return table;
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void theLastValueOfEveryKeyIsKept(Compression codec) {
        PartitionLog log = fixture.open(COMPACTED);
        Random random = new Random(4);
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < 600; i++) {
            String key = "key-" + random.nextInt(20);
            String other = "key-" + random.nextInt(20);
            put(log, codec, key, "v" + i, other, "w" + i);
            expected.put(key, "v" + i);
            expected.put(other, "w" + i);
        }
        fixture.settle();
        long before = log.sizeBytes();

        fixture.await(log.compact());

        assertThat(log.sizeBytes()).isLessThan(before / 2);
        assertThat(table(log)).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(log.endOffset()).isEqualTo(1200);
        fixture.await(fixture.engine.close());
        fixture.restart();
        PartitionLog reopened = fixture.open(COMPACTED);
        assertThat(reopened.recovery().clean()).isTrue();
        assertThat(table(reopened)).containsExactlyInAnyOrderEntriesOf(expected);
        fixture.restart();
        assertThat(table(fixture.open(COMPACTED))).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void tombstonesStayForAWhileAndThenGo() {
        PartitionLog log = fixture.open(COMPACTED);
        put(log, Compression.NONE, "gone", "v");
        put(log, Compression.NONE, "gone", "");
        for (int i = 0; i < 100; i++) {
            put(log, Compression.NONE, "other", "v" + i);
        }
        fixture.settle();

        fixture.await(log.compact());
        assertThat(table(log)).containsEntry("gone", "");

        fixture.ticker.advanceMs(2_000);
        for (int i = 0; i < 100; i++) {
            put(log, Compression.NONE, "other", "w" + i);
        }
        fixture.settle();
        fixture.await(log.compact());
        assertThat(table(log)).containsOnlyKeys("other");
    }

    @Test
    void theLastBatchOfAProducerIsKeptThoughItsRecordsAreNot() {
        PartitionLog log = fixture.open(COMPACTED);
        ByteBuffer batch = new RecordBatchBuilder(Compression.NONE)
                .producer(5, (short) 0, 0)
                .append(1_700_000_000_000L, LogFixture.bytes("k"), LogFixture.bytes("v"))
                .build();
        log.append(batch, AppendOrigin.CLIENT, 0);
        for (int i = 0; i < 100; i++) {
            put(log, Compression.NONE, "k", "v" + i);
        }
        fixture.settle();
        fixture.await(log.compact());

        fixture.restart();
        PartitionLog reopened = fixture.open(COMPACTED);
        batch.putLong(0, 0);

        assertThat(reopened.append(batch, AppendOrigin.CLIENT, 0)).isEqualTo(new AppendResult.Duplicate(0, 0, -1, 0));
    }

    @Test
    void aKillAtAnyMomentOfACompactionLosesNothing() {
        Map<String, String> expected = new LinkedHashMap<>();
        PartitionLog log = fixture.open(COMPACTED);
        for (int kill = 0; kill < 80; kill++) {
            for (int i = 0; i < 30; i++) {
                String key = "key-" + (i * 7 + kill) % 23;
                put(log, Compression.NONE, key, "v" + kill + "." + i);
                expected.put(key, "v" + kill + "." + i);
            }
            fixture.settle();

            log.compact();
            fixture.step(kill);
            fixture.shard.runAll();
            fixture.restart();
            log = fixture.open(COMPACTED);

            assertThat(table(log)).as("kill after %s tasks", kill).containsExactlyInAnyOrderEntriesOf(expected);
            assertThat(log.endOffset()).isEqualTo((kill + 1) * 30L);
        }
    }
}
