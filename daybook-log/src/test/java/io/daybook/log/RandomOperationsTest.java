package io.daybook.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class RandomOperationsTest {
    @RepeatedTest(40)
    void whateverHappensTheLogHoldsWhatWasAppended(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        LogFixture fixture = new LogFixture(new FaultyDisk(), Path.of("/data"));
        LogConfig config = LogConfig.DEFAULTS
                .withSegments(4_000 + random.nextInt(20_000), Long.MAX_VALUE)
                .withRetention(new LogConfig.Retention(true, -1, random.nextInt(4) == 0 ? 30_000 : -1, 0));
        PartitionLog log = fixture.open(config);
        List<String> model = new ArrayList<>();

        for (int step = 0; step < 150; step++) {
            switch (random.nextInt(12)) {
                case 0 -> {
                    fixture.await(fixture.engine.close());
                    fixture.restart();
                    log = fixture.open(config);
                    assertThat(log.recovery().clean())
                            .as("seed %s step %s", seed, step)
                            .isTrue();
                }
                case 1 -> {
                    fixture.settle();
                    fixture.restart();
                    log = fixture.open(config);
                }
                case 2 ->
                    fixture.await(log.deleteRecordsBefore(log.startOffset() + random.nextInt(1 + model.size() / 4)));
                case 3 -> {
                    log.applyRetention();
                    fixture.settle();
                }
                case 4 -> fixture.shard.advanceMs(70_000);
                default -> {
                    String[] values = new String[1 + random.nextInt(4)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = "v" + model.size() + "." + i + "x".repeat(random.nextInt(600));
                    }
                    assertThat(fixture.append(log, values)).isEqualTo(model.size());
                    model.addAll(List.of(values));
                }
            }
            assertThat(log.endOffset()).as("seed %s step %s", seed, step).isEqualTo(model.size());
        }

        for (int i = 0; i < 10; i++) {
            int from = (int) log.startOffset() + random.nextInt(1 + model.size() - (int) log.startOffset());
            assertThat(fixture.values(log, from, 1 + random.nextInt(5_000)))
                    .as("seed %s from %s", seed, from)
                    .isEqualTo(model.subList(from, model.size()));
        }
    }
}
