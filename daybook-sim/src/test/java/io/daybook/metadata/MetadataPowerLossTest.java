package io.daybook.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.Uuid;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Worker;
import io.daybook.sim.SimScheduler;
import io.daybook.sim.SimulatedCrash;
import io.daybook.sim.Trace;
import io.daybook.sim.disk.SimDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Kills and power losses at any operation of the disk, one after the other, under seeds. */
class MetadataPowerLossTest {
    private static final int SEEDS = Integer.getInteger("daybook.metadata.seeds", 150);
    private static final Path DIRECTORY = Path.of("/data/__daybook_metadata");
    private static final long MIN_JOURNAL_BYTES = 600;

    @Test
    void noCommitThatWasAnsweredOrReadIsEverTakenBack() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            new Life(seed).run();
        }
    }

    /** One disk and the processes that live on it, one after the other. */
    private static final class Life {
        private final int seed;
        private final RandomSource random;
        private final SimScheduler scheduler;
        private final SimDisk disk;

        /** What the metadata may be after a crash: as it was answered, or with the commit that was under way. */
        private final List<String> possible = new ArrayList<>();

        Life(int seed) {
            this.seed = seed;
            this.random = RandomSource.seeded(seed);
            this.scheduler = new SimScheduler(RandomSource.seeded(seed + 1_000_000), new Trace(0));
            this.disk = new SimDisk(scheduler, RandomSource.seeded(seed + 2_000_000));
        }

        void run() throws IOException {
            for (int process = 0; process < 12; process++) {
                disk.crashAfter(random.nextInt(process == 0 ? 40 : 150));
                try {
                    live(process);
                } catch (SimulatedCrash expected) {
                    // The machine stopped while the metadata was opened.
                }
                scheduler.checkNothingFailed();
                scheduler.clear();
                if (random.nextInt(2) == 0) {
                    disk.restartAfterKill();
                } else {
                    disk.restartAfterPowerLoss();
                }
            }
        }

        private void live(int process) throws IOException {
            Shard shard = scheduler.newShard("metadata");
            Worker worker = scheduler.newWorker("metadata");
            EmbeddedMetadataStore store = EmbeddedMetadataStore.open(
                    shard, worker, EmbeddedMetadataStore.begin(disk, DIRECTORY, new Uuid(1, 2)), MIN_JOURNAL_BYTES);
            String found = text(store.image());
            if (!possible.isEmpty()) {
                assertThat(found).as("seed %s, process %s", seed, process).isIn(possible);
            }
            possible.clear();
            possible.add(found);
            for (int i = 0; i < 60 && !scheduler.isHalted(); i++) {
                commit(shard, store);
            }
        }

        private void commit(Shard shard, EmbeddedMetadataStore store) {
            MetadataImage before = store.image();
            MetadataChange change = next(before);
            String after = text(change.applyTo(before));
            possible.add(after);
            List<CommitResult> answers = new ArrayList<>();
            shard.post(() -> store.commit(before.version(), List.of(change)).thenAccept(answers::add));
            scheduler.runUntil(() -> !answers.isEmpty(), 100_000, "a commit");
            if (!answers.isEmpty()) {
                assertThat(answers.get(0)).isInstanceOf(CommitResult.Committed.class);
                possible.clear();
                possible.add(after);
            }
        }

        private MetadataChange next(MetadataImage image) {
            List<TopicImage> topics = new ArrayList<>();
            image.topics().forEach(topics::add);
            int kind = random.nextInt(4);
            if (kind == 0 && !topics.isEmpty()) {
                return new MetadataChange.TopicDeleted(
                        topics.get(random.nextInt(topics.size())).id(), 5);
            }
            if (kind == 1 && !topics.isEmpty()) {
                TopicImage topic = topics.get(random.nextInt(topics.size()));
                return new MetadataChange.PartitionsAdded(topic.id(), topic.partitionCount() + 1);
            }
            if (kind == 2 && image.deletedTopics().iterator().hasNext()) {
                return new MetadataChange.TopicPurged(
                        image.deletedTopics().iterator().next().topic().id());
            }
            return new MetadataChange.TopicCreated(
                    "topic-" + image.version(), random.nextUuid(), 3, 7, Map.of("retention.ms", "5"));
        }

        private static String text(MetadataImage image) {
            StringBuilder text = new StringBuilder("version " + image.version());
            image.topics().forEach(topic -> text.append('\n').append(topic));
            image.deletedTopics().forEach(topic -> text.append('\n').append(topic));
            return text.toString();
        }
    }
}
