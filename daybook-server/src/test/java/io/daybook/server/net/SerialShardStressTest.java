package io.daybook.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.runtime.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Shards on real event loops, and more threads that bring them work than there are processors. */
@Timeout(60)
class SerialShardStressTest {
    private static final int POSTERS = 8;
    private static final int TASKS_PER_POSTER = 20_000;

    private final Transport transport =
            new Transport(new Transport.Plan(Transport.Kind.NIO, 4, Integer.MAX_VALUE, true, "stress-loop-"));

    /** What a shard owns here; nothing in it is safe for use by several threads. */
    private static final class Owned {
        private final Shard shard;
        private final AtomicInteger inside = new AtomicInteger();
        private final int[] lastOfPoster = new int[POSTERS];
        private int count;
        private int violations;

        Owned(Shard shard) {
            this.shard = shard;
        }

        void take(int poster, int number) {
            if (!shard.isOwner() || inside.getAndIncrement() != 0 || lastOfPoster[poster] != number - 1) {
                violations++;
            }
            lastOfPoster[poster] = number;
            count++;
            inside.decrementAndGet();
        }
    }

    @Test
    void tasksOfManyThreadsRunOnceOneAtATimeAndInTheOrderOfEachThread() throws Exception {
        List<Owned> owned = ownedByEach(transport);
        List<Thread> posters = new ArrayList<>();
        for (int i = 0; i < POSTERS; i++) {
            int poster = i;
            posters.add(new Thread(() -> postAll(owned, poster)));
        }
        posters.forEach(Thread::start);
        for (Thread each : posters) {
            each.join();
        }
        transport.close().get(30, TimeUnit.SECONDS);
        assertThat(owned).allSatisfy(each -> {
            assertThat(each.violations).isZero();
            assertThat(each.count).isEqualTo(POSTERS * TASKS_PER_POSTER);
        });
    }

    @Test
    void shardsThatHandWorkToEachOtherFinishItBeforeTheTransportEnds() throws Exception {
        List<Owned> owned = ownedByEach(transport);
        CountDownLatch begun = new CountDownLatch(POSTERS);
        for (int i = 0; i < POSTERS; i++) {
            int poster = i;
            owned.get(i % owned.size()).shard.post(() -> {
                begun.countDown();
                passOn(owned, poster, 1);
            });
        }
        begun.await();
        transport.close().get(30, TimeUnit.SECONDS);
        assertThat(owned.stream().mapToInt(each -> each.count).sum()).isEqualTo(POSTERS * 1_000);
        assertThat(owned.stream().mapToInt(each -> each.inside.get()).sum()).isZero();
    }

    @Test
    void aTransportThatWasHardlyUsedEndsAtOnce() throws Exception {
        CompletableFuture<Void> ran = new CompletableFuture<>();
        transport.shards().get(2).post(() -> ran.complete(null));
        ran.get(10, TimeUnit.SECONDS);
        transport.close().get(2, TimeUnit.SECONDS);
        assertThat(transport.shards().get(0).offer(() -> {})).isFalse();
    }

    private static List<Owned> ownedByEach(Transport transport) {
        return transport.shards().stream().map(Owned::new).toList();
    }

    private static void postAll(List<Owned> owned, int poster) {
        for (int number = 1; number <= TASKS_PER_POSTER; number++) {
            for (Owned each : owned) {
                int current = number;
                if (number % 3 == 0) {
                    each.shard.post(() -> each.take(poster, current));
                } else if (!each.shard.offer(() -> each.take(poster, current))) {
                    throw new IllegalStateException("refused");
                }
            }
        }
    }

    private static void passOn(List<Owned> owned, int poster, int step) {
        Owned here = owned.get((poster + step) % owned.size());
        here.shard.run(() -> {
            here.shard.checkOwner();
            here.count++;
            if (step < 1_000) {
                passOn(owned, poster, step + 1);
            }
        });
    }
}
