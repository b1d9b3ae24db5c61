package io.daybook.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.broker.coordinator.Coordinator;
import io.daybook.broker.coordinator.CoordinatorState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What coordinators do when something breaks: they are given up, and another one loads from the log. */
final class CoordinatorTest {
    private static final GroupRecord RECORD = new OffsetRecord.Committed(
            "g", new TopicPartition("t", 0), new CommittedOffset(1, -1, "", 0, CommittedOffset.NO_EXPIRY, Uuid.ZERO));

    private final ManualShard shard = new ManualShard(0);
    private final MemoryGroupLog log = new MemoryGroupLog();
    private final List<String> happened = new ArrayList<>();

    @Test
    void nothingIsTakenBeforeTheLogIsReplayed() {
        onShard(() -> {
            Coordinator<GroupRecord> coordinator = coordinator(record -> {});

            assertThat(coordinator.availability()).isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
            assertThat(coordinator.append(List.of(RECORD))).isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
        });
    }

    @Test
    void aRefusedAppendChangesNothing() {
        log.refuseBatchesAbove(0);
        onShard(() -> {
            Coordinator<GroupRecord> coordinator = coordinator(record -> happened.add("replayed"));
            coordinator.load();

            assertThat(coordinator.append(List.of(RECORD))).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
            assertThat(coordinator.availability()).isEqualTo(ErrorCode.NONE);
            assertThat(happened).isEmpty();
        });
    }

    @Test
    void answersWaitForTheDiskInTheirOrder() {
        log.becomeSlow();
        onShard(() -> {
            Coordinator<GroupRecord> coordinator = coordinator(record -> {});
            coordinator.load();
            coordinator.afterDurable(code -> happened.add("first " + code));
            coordinator.append(List.of(RECORD));
            coordinator.afterDurable(code -> happened.add("second " + code));
            coordinator.append(List.of(RECORD));
            coordinator.afterDurable(code -> happened.add("third " + code));
            assertThat(happened).containsExactly("first NONE");

            log.sync();

            assertThat(happened).containsExactly("first NONE", "second NONE", "third NONE");
        });
    }

    @Test
    void aFailedDiskFailsWhoWaitsAndWhoComes() {
        log.becomeSlow();
        onShard(() -> {
            Coordinator<GroupRecord> coordinator = coordinator(record -> {});
            coordinator.load();
            coordinator.append(List.of(RECORD));
            coordinator.afterDurable(code -> happened.add("waited " + code));

            log.fail();

            coordinator.afterDurable(code -> happened.add("came " + code));
            assertThat(happened).containsExactly("waited NOT_COORDINATOR", "given up", "came NOT_COORDINATOR");
            assertThat(coordinator.append(List.of(RECORD))).isEqualTo(ErrorCode.NOT_COORDINATOR);
        });
    }

    @Test
    void aTimerThatBreaksGivesTheCoordinatorUp() {
        onShard(() -> {
            Coordinator<GroupRecord> coordinator = coordinator(record -> {});
            coordinator.load();
            coordinator.schedule(5, () -> {
                throw new IllegalStateException("a defect");
            });
        });

        shard.advance(5);

        assertThat(happened).containsExactly("given up");
    }

    @Test
    void aLogThatCannotBeReadGivesTheCoordinatorUp() {
        onShard(() -> {
            log.fail();
            Coordinator<GroupRecord> coordinator = coordinator(record -> {});

            coordinator.load().thenAccept(code -> happened.add("loaded " + code));

            assertThat(happened).containsExactly("given up", "loaded NOT_COORDINATOR");
        });
    }

    private Coordinator<GroupRecord> coordinator(CoordinatorState<GroupRecord> state) {
        return new Coordinator<>("test", shard, log, state, () -> happened.add("given up"));
    }

    private void onShard(Runnable test) {
        shard.post(test);
        shard.drain();
    }
}
