package io.daybook.benchmarks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private final Acknowledgements acknowledgements = new Acknowledgements("topic", 2);

    @Test
    void takesTheOffsetsOfEachPartitionInTheOrderOfSending() {
        acknowledgements.accept(0, at(0, 0), null);
        acknowledgements.accept(1, at(1, 0), null);
        acknowledgements.accept(0, at(0, 1), null);

        acknowledgements.complete(new long[] {2, 1});
    }

    @Test
    void noticesAnOffsetThatWasGivenTwice() {
        acknowledgements.accept(0, at(0, 0), null);
        acknowledgements.accept(0, at(0, 0), null);

        assertThatThrownBy(() -> acknowledgements.complete(new long[] {2, 0}))
                .isInstanceOf(WrongResult.class)
                .hasMessageContaining("offset 0 was acknowledged where 1 was due");
    }

    @Test
    void noticesAnAnswerThatIsMissing() {
        acknowledgements.accept(0, at(0, 0), null);

        assertThatThrownBy(() -> acknowledgements.complete(new long[] {1, 1})).isInstanceOf(WrongResult.class);
    }

    @Test
    void noticesARefusedRecord() {
        acknowledgements.accept(0, null, new TimeoutException("too late"));

        assertThatThrownBy(() -> acknowledgements.complete(new long[] {1, 0}))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("too late");
    }

    private static RecordMetadata at(int partition, long offset) {
        return new RecordMetadata(new TopicPartition("topic", partition), offset, 0, 0, 0, 1024);
    }
}
