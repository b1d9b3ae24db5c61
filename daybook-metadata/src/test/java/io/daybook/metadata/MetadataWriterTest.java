package io.daybook.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.metadata.MetadataWriter.Decided;
import io.daybook.runtime.ManualShard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MetadataWriterTest {
    private final ManualShard shard = new ManualShard();

    @Test
    void decisionsDuringACommitShareTheNextOne() {
        SlowStore store = new SlowStore();
        MetadataWriter writer = new MetadataWriter(shard, store);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();

        for (int i = 0; i < 10; i++) {
            answers.add(raise(writer));
        }
        store.finishAll();

        assertThat(store.commitSizes).containsExactly(1, 9);
        assertThat(answers).extracting(CompletableFuture::join).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void anAnswerWithoutChangesWaitsForWhatItWasDecidedOn() {
        SlowStore store = new SlowStore();
        MetadataWriter writer = new MetadataWriter(shard, store);
        raise(writer);
        raise(writer);

        CompletableFuture<Integer> seen = writer.submit(image -> Decided.unchanged(image.leaderEpoch()), failure -> -1);

        assertThat(seen).isNotDone();
        store.finishAll();
        assertThat(seen).isCompletedWithValue(2);
    }

    @Test
    void aConflictIsDecidedAgain() {
        SlowStore store = new SlowStore();
        MetadataWriter writer = new MetadataWriter(shard, store);
        CompletableFuture<Integer> answer = raise(writer);

        store.somebodyElseRaisesTheLeaderEpochTo(5);
        store.finishAll();

        assertThat(answer).isCompletedWithValue(6);
    }

    @Test
    void aFailedStoreIsToldToEverybodyWhoWaits() {
        SlowStore store = new SlowStore();
        MetadataWriter writer = new MetadataWriter(shard, store);
        store.hasFailed = true;

        CompletableFuture<Integer> answer = raise(writer);
        store.finishAll();

        assertThat(answer).isCompletedWithValue((int) ErrorCode.KAFKA_STORAGE_ERROR.code());
    }

    @Test
    void aDefectiveDecisionHurtsNobodyElse() {
        SlowStore store = new SlowStore();
        MetadataWriter writer = new MetadataWriter(shard, store);
        raise(writer);
        CompletableFuture<Integer> defective = writer.submit(
                image -> {
                    throw new IllegalStateException("defect");
                },
                failure -> -1);
        CompletableFuture<Integer> other = raise(writer);

        store.finishAll();

        assertThat(defective).isCompletedExceptionally();
        assertThat(other).isCompletedWithValue(2);
    }

    private CompletableFuture<Integer> raise(MetadataWriter writer) {
        return writer.submit(
                image -> {
                    int next = image.leaderEpoch() + 1;
                    return new Decided<>(List.of(new MetadataChange.LeaderEpochRaised(next)), next);
                },
                failure -> (int) failure.code());
    }

    /** Finishes a commit when it is told to. */
    private static final class SlowStore implements MetadataStore {
        private final List<Integer> commitSizes = new ArrayList<>();
        private final List<Runnable> pending = new ArrayList<>();
        private MetadataImage image = new MetadataChange.ClusterNamed("c").applyTo(MetadataImage.EMPTY);
        private boolean hasFailed;

        @Override
        public MetadataImage image() {
            return image;
        }

        @Override
        public CompletableFuture<CommitResult> commit(long expectedVersion, List<MetadataChange> changes) {
            CompletableFuture<CommitResult> result = new CompletableFuture<>();
            pending.add(() -> {
                if (hasFailed) {
                    result.complete(new CommitResult.StoreFailed(image, "broken"));
                } else if (image.version() != expectedVersion) {
                    result.complete(new CommitResult.Conflict(image));
                } else {
                    commitSizes.add(changes.size());
                    changes.forEach(change -> image = change.applyTo(image));
                    result.complete(new CommitResult.Committed(image));
                }
            });
            return result;
        }

        void somebodyElseRaisesTheLeaderEpochTo(int leaderEpoch) {
            image = new MetadataChange.LeaderEpochRaised(leaderEpoch).applyTo(image);
        }

        void finishAll() {
            while (!pending.isEmpty()) {
                pending.remove(0).run();
            }
        }

        @Override
        public void listen(MetadataListener listener) {}

        @Override
        public CompletableFuture<Void> close() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
