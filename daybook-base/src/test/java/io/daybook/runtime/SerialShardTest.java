package io.daybook.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerialShardTest {
    private static final int HOME = 1;

    private final ManualCarriers carriers = new ManualCarriers(3);
    private final SerialShard shard = new SerialShard(carriers, HOME, 4);
    private final List<String> done = new ArrayList<>();

    @Test
    void aCarrierThatBringsWorkTakesTheTurnItselfAndNotAtOnce() {
        carriers.on(2, () -> shard.offer(() -> done.add("ran")));
        assertThat(done).isEmpty();
        assertThat(carriers.pending(2)).isOne();
        carriers.run(2);
        assertThat(done).containsExactly("ran");
    }

    @Test
    void oneTurnDoesAllThatHasComeInTheOrderOfItsComing() {
        carriers.on(2, () -> shard.post(() -> done.add("first")));
        carriers.on(0, () -> shard.post(() -> done.add("second")));
        shard.post(() -> done.add("third"));
        assertThat(carriers.pending(0)).isZero();
        carriers.run(2);
        assertThat(done).containsExactly("first", "second", "third");
    }

    @Test
    void workOfOtherThreadsGoesToWhoHadTheLastTurnAndAtFirstHome() {
        shard.post(() -> done.add("home"));
        carriers.run(HOME);
        carriers.on(2, () -> shard.post(() -> done.add("2")));
        carriers.run(2);
        shard.post(() -> done.add("2 again"));
        carriers.run(2);
        assertThat(done).containsExactly("home", "2", "2 again");
    }

    @Test
    void workThatIsWorthAWakeUpGoesHome() {
        carriers.on(2, () -> shard.offerApart(() -> done.add("home")));
        carriers.run(HOME);
        assertThat(done).containsExactly("home");
    }

    @Test
    void theOwnerIsWhoRunsATaskAndOnlyForSoLong() {
        shard.post(() -> {
            shard.checkOwner();
            shard.run(() -> done.add("at once"));
            done.add("afterwards");
        });
        assertThatThrownBy(shard::checkOwner).isInstanceOf(IllegalStateException.class);
        carriers.run(HOME);
        assertThat(done).containsExactly("at once", "afterwards");
        assertThat(shard.isOwner()).isFalse();
    }

    @Test
    void whatAShardHasForAnotherOnTheSameCarrierRunsAfterItsTurn() {
        SerialShard other = new SerialShard(carriers, HOME, 4);
        shard.post(() -> {
            other.run(() -> {
                assertThat(shard.isOwner()).isFalse();
                done.add("other");
            });
            done.add("shard");
        });
        carriers.run(HOME);
        carriers.run(HOME);
        assertThat(done).containsExactly("shard", "other");
    }

    @Test
    void aLongInboxTakesSeveralTurnsSoThatOthersOnTheCarrierGoOn() {
        for (int i = 0; i < 20; i++) {
            shard.post(() -> done.add("task"));
        }
        carriers.run(HOME);
        assertThat(done).hasSizeLessThan(20);
        carriers.run(HOME);
        assertThat(done).hasSize(20);
        assertThat(carriers.pending(HOME)).isZero();
    }

    @Test
    void aTurnDoesWhatItsTasksBringToo() {
        shard.post(() -> shard.post(() -> done.add("brought")));
        carriers.run(HOME);
        assertThat(done).containsExactly("brought");
        assertThat(carriers.pending(HOME)).isZero();
    }

    @Test
    void aTaskThatBringsTasksForEverLeavesTheCarrierToOthers() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            done.add("task");
            shard.post(again[0]);
        };
        shard.post(again[0]);
        carriers.run(HOME);
        assertThat(done).hasSizeLessThan(20);
        assertThat(carriers.pending(HOME)).isOne();
    }

    @Test
    void aFullInboxRefusesOffersButTakesPosts() {
        for (int i = 0; i < 4; i++) {
            assertThat(shard.offer(() -> done.add("offered"))).isTrue();
        }
        assertThat(shard.offer(() -> {})).isFalse();
        assertThat(shard.offerApart(() -> {})).isFalse();
        shard.post(() -> done.add("posted"));
        carriers.run(HOME);
        assertThat(done).hasSize(5).endsWith("posted");
        assertThat(shard.offer(() -> {})).isTrue();
    }

    @Test
    void aFailingTaskHarmsNobody() {
        shard.post(() -> {
            throw new AssertionError("expected by the test");
        });
        shard.post(() -> done.add("next"));
        carriers.run(HOME);
        assertThat(done).containsExactly("next");
    }

    @Test
    void aTimerRunsInATurn() {
        shard.schedule(5, () -> {
            shard.checkOwner();
            done.add("timer");
        });
        carriers.fireTimers(2);
        carriers.run(2);
        assertThat(done).containsExactly("timer");
    }

    @Test
    void aTimerThatIsCancelledBeforeItsTurnDoesNotRun() {
        Cancellable timer = shard.schedule(5, () -> done.add("timer"));
        carriers.on(2, () -> shard.post(timer::cancel));
        carriers.fireTimers(2);
        carriers.run(2);
        assertThat(carriers.pending(2)).isZero();
        assertThat(done).isEmpty();
    }

    @Test
    void theTurnPassesToAnotherCarrierWhereOneHasEnded() {
        carriers.end(HOME);
        shard.post(() -> done.add("elsewhere"));
        carriers.run(2);
        assertThat(done).containsExactly("elsewhere");
    }

    @Test
    void withoutCarriersNothingIsTakenAnyMore() {
        for (int i = 0; i < carriers.count(); i++) {
            carriers.end(i);
        }
        assertThat(shard.offer(() -> done.add("lost"))).isFalse();
        shard.post(() -> done.add("dropped"));
        assertThat(shard.offer(() -> done.add("lost"))).isFalse();
        assertThat(done).isEmpty();
    }
}
