package io.daybook.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.TopicPartition;
import io.daybook.runtime.RandomSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Members join, leave, fall silent and crash; the broker and its disk crash too. Whatever happens: in a generation every
 * partition has one owner, no generation that is over commits anything, no committed offset goes back, and when peace
 * returns all partitions are shared. A seed repeats a run: {@code -Ddaybook.groups.seed=N}; how many are run:
 * {@code -Ddaybook.groups.seeds=N}.
 */
final class ClassicGroupChaosTest {
    private static final int PARTITIONS = 6;
    private static final int STEPS = 300;

    @Test
    void promisesHold() {
        Optional<Long> only = Optional.ofNullable(Long.getLong("daybook.groups.seed"));
        long seeds = Long.getLong("daybook.groups.seeds", 10);
        for (long seed = only.orElse(0L); seed < only.map(each -> each + 1).orElse(seeds); seed++) {
            try {
                new Run(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + " (-Ddaybook.groups.seed=" + seed + "): " + e.getMessage(), e);
            }
        }
    }

    private static final class Run implements ChaosMember.Witness {
        private final RandomSource random;
        private final GroupScript broker = new GroupScript();
        private final List<ChaosMember> members = new ArrayList<>();
        private final Map<Integer, Map<Integer, String>> owners = new TreeMap<>();
        private final Map<Integer, Long> committed = new HashMap<>();
        /** Found while an answer arrives, where nothing can be thrown. */
        private final List<String> violations = new ArrayList<>();

        private int lastCommitGeneration;
        private long nextOffset;
        private int named;

        Run(long seed) {
            this.random = RandomSource.seeded(seed);
        }

        void run() {
            broker.step("config delay=" + random.nextInt(2) * 500);
            for (int i = 0; i < STEPS; i++) {
                disturb();
                stepMembers();
            }
            peace();
        }

        private void disturb() {
            switch (random.nextInt(30)) {
                case 0, 1, 2 -> join(random.nextInt(3) == 0 ? "static" + random.nextInt(2) : "");
                case 3 -> anyMember().ifPresent(ChaosMember::crash);
                case 4 -> anyMember().ifPresent(ChaosMember::disconnect);
                case 5 -> broker.step("slow-disk");
                case 6, 7, 8 -> broker.step("sync-disk");
                case 9 -> broker.step("fail-disk");
                case 10 -> crashBroker();
                default -> broker.step("advance " + random.nextInt(3000));
            }
        }

        private void crashBroker() {
            broker.step("crash");
            members.forEach(ChaosMember::disconnect);
            checkCommitted();
        }

        private Optional<ChaosMember> anyMember() {
            return members.isEmpty() ? Optional.empty() : Optional.of(members.get(random.nextInt(members.size())));
        }

        private void join(String instanceId) {
            if (members.size() < 5) {
                members.add(new ChaosMember("c" + named++, instanceId, PARTITIONS, this));
            }
        }

        private void stepMembers() {
            for (ChaosMember member : List.copyOf(members)) {
                member.step(broker.service, random, ++nextOffset);
                broker.shard.drain();
            }
            members.removeIf(ChaosMember::isGone);
            assertThat(violations).isEmpty();
        }

        /** Nothing fails any more; members that cannot exist side by side have sorted that out. */
        private void peace() {
            crashBroker();
            broker.step("sync-disk");
            join("");
            for (int i = 0; i < 200; i++) {
                broker.step("sync-disk");
                stepMembers();
                broker.step("advance 500");
                if (i % 10 == 0) {
                    broker.step("sync-disk");
                }
                if (members.isEmpty()) {
                    join("");
                }
            }
            settle();
            checkCommitted();
        }

        private void settle() {
            for (int i = 0; i < 400; i++) {
                stepMembers();
                broker.step("sync-disk");
                broker.step("advance 500");
                if (members.isEmpty()) {
                    join("");
                }
                if (isShared()) {
                    return;
                }
            }
            throw new AssertionError("the partitions are never shared: "
                    + members.stream().map(ChaosMember::owned).toList());
        }

        private boolean isShared() {
            Set<Integer> all = new TreeSet<>();
            Set<Integer> generations = new TreeSet<>();
            int count = 0;
            for (ChaosMember member : members) {
                all.addAll(member.owned());
                generations.add(member.generationId());
                count += member.owned().size();
            }
            return all.size() == PARTITIONS && count == PARTITIONS && generations.size() == 1;
        }

        @Override
        public void assigned(ChaosMember member, int generationId, Set<Integer> partitions) {
            Map<Integer, String> ofGeneration = owners.computeIfAbsent(generationId, key -> new HashMap<>());
            for (int partition : partitions) {
                String former = ofGeneration.putIfAbsent(partition, member.identity());
                if (former != null && !former.equals(member.identity())) {
                    violations.add("partition " + partition + " of generation " + generationId + " belongs to " + former
                            + " and to " + member.identity());
                }
            }
        }

        @Override
        public void committed(int generationId, int partition, long offset) {
            if (generationId < lastCommitGeneration) {
                violations.add("generation " + generationId + " commits after " + lastCommitGeneration);
            }
            lastCommitGeneration = generationId;
            committed.merge(partition, offset, Math::max);
        }

        private void checkCommitted() {
            GroupState replayed = new GroupState();
            broker.log.records().forEach(replayed::replay);
            committed.forEach((partition, offset) -> assertThat(replayed.offsets()
                            .find("g", new TopicPartition("t", partition))
                            .map(CommittedOffset::offset)
                            .orElse(-1L))
                    .as("committed offset of partition %s", partition)
                    .isGreaterThanOrEqualTo(offset));
        }
    }
}
