package io.daybook.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class PartitionerTest {
    @Test
    void keysGoWhereKafkasPartitionerSendsThem() {
        Random random = new Random(7);
        Partitioner partitioner = new Partitioner(12, 0);
        for (int length = 0; length < 300; length++) {
            byte[] key = new byte[length];
            random.nextBytes(key);

            assertThat(partitioner.forKey(ByteBuffer.wrap(key))).isEqualTo(Utils.toPositive(Utils.murmur2(key)) % 12);
        }
    }

    @Test
    void recordsWithoutAKeyComeInRuns() {
        Partitioner partitioner = new Partitioner(3, 1);

        assertThat(partitioner.forRecord(40_000)).isEqualTo(1);
        assertThat(partitioner.forRecord(20_000)).isEqualTo(1);
        assertThat(partitioner.forRecord(20_000)).isEqualTo(2);
        assertThat(partitioner.forRecord(60_000)).isEqualTo(0);
    }
}
