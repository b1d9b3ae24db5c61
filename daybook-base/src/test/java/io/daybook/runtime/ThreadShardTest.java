package io.daybook.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadShardTest {
    private final ThreadShard shard = new ThreadShard("test-shard", 2, Ticker.system());

    @Test
    void tasksRunInTheirOrderOnTheOwner() throws Exception {
        List<Integer> order = new ArrayList<>();
        CompletableFuture<Boolean> owner = new CompletableFuture<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            shard.post(() -> order.add(number));
        }
        shard.post(() -> owner.complete(shard.isOwner()));
        assertThat(owner.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThatThrownBy(shard::checkOwner).isInstanceOf(IllegalStateException.class);
        shard.stop().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aFullInboxRefusesOffersButTakesPosts() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        shard.post(() -> {
            busy.countDown();
            awaitQuietly(goOn);
        });
        busy.await();
        assertThat(shard.offer(() -> {})).isTrue();
        assertThat(shard.offer(() -> {})).isTrue();
        assertThat(shard.offer(() -> {})).isFalse();
        CompletableFuture<String> posted = new CompletableFuture<>();
        shard.post(() -> posted.complete("ran"));
        goOn.countDown();
        assertThat(posted.get(10, TimeUnit.SECONDS)).isEqualTo("ran");
        shard.stop().get(10, TimeUnit.SECONDS);
        assertThat(shard.offer(() -> {})).isFalse();
    }

    @Test
    void timersFireInOrderUnlessCancelledAndAFailingTaskHarmsNobody() throws Exception {
        List<String> fired = new ArrayList<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        shard.post(() -> {
            throw new IllegalStateException("expected by the test");
        });
        shard.schedule(60, () -> last.complete(null));
        shard.schedule(20, () -> fired.add("second"));
        shard.schedule(5, () -> fired.add("first"));
        shard.schedule(10, () -> fired.add("cancelled")).cancel();
        last.get(10, TimeUnit.SECONDS);
        assertThat(fired).containsExactly("first", "second");
        shard.stop().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aWorkerRunsWhatIsOutstandingBeforeItEnds() throws Exception {
        ThreadWorker worker = new ThreadWorker("test-worker");
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            worker.execute(() -> order.add(number));
        }
        worker.stop().get(10, TimeUnit.SECONDS);
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
        new ThreadWorker("never used").stop().get(10, TimeUnit.SECONDS);
    }

    @Test
    void anInterruptDoesNotEndAWorker() throws Exception {
        // Given
        ThreadWorker worker = new ThreadWorker("interrupted-worker");
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        worker.execute(() -> thread.complete(Thread.currentThread()));

        // When
        thread.get(10, TimeUnit.SECONDS).interrupt();

        // Then
        CompletableFuture<Thread> next = new CompletableFuture<>();
        worker.execute(() -> next.complete(Thread.currentThread()));
        assertThat(next.get(10, TimeUnit.SECONDS)).isSameAs(thread.join());
        worker.stop().get(10, TimeUnit.SECONDS);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
