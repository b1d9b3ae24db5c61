package io.daybook.benchmarks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A benchmark that does not notice a wrong result measures nothing. */
class ArrivalsTest {
    private static final int PARTITION = 3;
    private final Payload payload = new Payload();
    private final Arrivals arrivals = new Arrivals("topic", PARTITION);

    @Test
    void takesEveryRecordOnceInOrder() {
        accept(0, 0);
        accept(1, 1);
        accept(2, 2);

        arrivals.complete(3);
    }

    @Test
    void noticesALostRecordInTheMiddle() {
        accept(0, 0);

        assertWrong(1, 2, "record 2 is at offset 1");
        assertWrong(2, 2, "offset 2 came where 1 was due");
    }

    @Test
    void noticesALostRecordAtTheEnd() {
        accept(0, 0);

        assertThatThrownBy(() -> arrivals.complete(2))
                .isInstanceOf(WrongResult.class)
                .hasMessageContaining("1 records came back of 2");
    }

    @Test
    void noticesADuplicateRecord() {
        accept(0, 0);

        assertWrong(1, 0, "record 0 is at offset 1");
        assertWrong(0, 0, "offset 0 came where 1 was due");
    }

    @Test
    void noticesTwoRecordsThatChangedPlaces() {
        accept(0, 0);

        assertWrong(1, 2, "record 2 is at offset 1");
    }

    @Test
    void noticesAChangedByte() {
        byte[] value = payload.of(PARTITION, 0, 0).clone();
        value[500] ^= 1;

        assertThatThrownBy(() -> arrivals.accept(0, value))
                .isInstanceOf(WrongResult.class)
                .hasMessageContaining("is not what was sent");
    }

    @Test
    void noticesARecordOfAnotherPartition() {
        byte[] value = payload.of(PARTITION + 1, 0, 0);

        assertThatThrownBy(() -> arrivals.accept(0, value))
                .isInstanceOf(WrongResult.class)
                .hasMessageContaining("sent to partition 4");
    }

    private void accept(long offset, long sequence) {
        arrivals.accept(offset, payload.of(PARTITION, sequence, 0));
    }

    private void assertWrong(long offset, long sequence, String what) {
        assertThatThrownBy(() -> accept(offset, sequence))
                .isInstanceOf(WrongResult.class)
                .hasMessageContaining(what);
    }
}
