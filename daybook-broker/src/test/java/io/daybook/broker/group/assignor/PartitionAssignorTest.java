package io.daybook.broker.group.assignor;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.Uuid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the assignors promise, on many random groups; each seed is a group and a history of it. */
final class PartitionAssignorTest {
    private static final int SEEDS = 300;

    private static final PartitionAssignor UNIFORM = new UniformAssignor();
    private static final PartitionAssignor RANGE = new RangeAssignor();

    /** Members and topics, with room for change. */
    private static final class RandomGroup {
        final Random random;
        final boolean homogeneous;
        final Map<Uuid, Integer> partitionCounts = new TreeMap<>();
        final Map<String, Set<Uuid>> subscriptions = new TreeMap<>();
        Map<String, Map<Uuid, Set<Integer>>> assigned = new HashMap<>();

        RandomGroup(long seed, boolean homogeneous) {
            this.random = new Random(seed);
            this.homogeneous = homogeneous;
            int topics = 1 + random.nextInt(6);
            for (int i = 0; i < topics; i++) {
                partitionCounts.put(new Uuid(1, i + 1), 1 + random.nextInt(12));
            }
            int members = 1 + random.nextInt(8);
            for (int i = 0; i < members; i++) {
                join("m" + i);
            }
        }

        void join(String memberId) {
            Set<Uuid> topics = new TreeSet<>(partitionCounts.keySet());
            if (!homogeneous) {
                topics.removeIf(topic -> random.nextBoolean());
            }
            subscriptions.put(memberId, topics);
        }

        AssignmentTask task() {
            Map<String, AssignmentTask.Member> members = new HashMap<>();
            subscriptions.forEach((memberId, topics) -> members.put(
                    memberId, new AssignmentTask.Member("", topics, assigned.getOrDefault(memberId, Map.of()))));
            return new AssignmentTask(members, partitionCounts);
        }

        void change(int step) {
            if (random.nextInt(3) > 0 || subscriptions.size() == 1) {
                join("n" + step);
            } else {
                List<String> memberIds = new ArrayList<>(subscriptions.keySet());
                subscriptions.remove(memberIds.get(random.nextInt(memberIds.size())));
            }
            if (random.nextInt(4) == 0) {
                List<Uuid> topics = new ArrayList<>(partitionCounts.keySet());
                partitionCounts.merge(topics.get(random.nextInt(topics.size())), 1 + random.nextInt(3), Integer::sum);
            }
        }
    }

    @Test
    void everyPartitionGoesToExactlyOneSubscriber() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomGroup group = new RandomGroup(seed, seed % 2 == 0);
            PartitionAssignor assignor = seed % 3 == 0 ? RANGE : UNIFORM;
            for (int step = 0; step < 6; step++) {
                group.assigned = assignor.assign(group.task());
                checkThatEachHasOneOwner(group, seed);
                group.change(step);
            }
        }
    }

    private static void checkThatEachHasOneOwner(RandomGroup group, long seed) {
        Map<String, String> owners = new HashMap<>();
        group.assigned.forEach((memberId, topics) -> topics.forEach((topicId, partitions) -> {
            assertThat(group.subscriptions.get(memberId)).as("seed %s", seed).contains(topicId);
            for (int partition : partitions) {
                assertThat(partition).isBetween(0, group.partitionCounts.get(topicId) - 1);
                assertThat(owners.put(topicId + "-" + partition, memberId))
                        .as("former owner, seed %s", seed)
                        .isNull();
            }
        }));
        Set<Uuid> subscribed = new HashSet<>();
        group.subscriptions.values().forEach(subscribed::addAll);
        int expected = subscribed.stream().mapToInt(group.partitionCounts::get).sum();
        assertThat(owners).as("seed %s", seed).hasSize(expected);
        assertThat(group.assigned.keySet()).isEqualTo(group.subscriptions.keySet());
    }

    @Test
    void uniformLeavesNobodyWithTwoMoreThanOneWhoCouldTakeThem() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomGroup group = new RandomGroup(seed, seed % 2 == 0);
            for (int step = 0; step < 6; step++) {
                group.assigned = UNIFORM.assign(group.task());
                for (String richer : group.subscriptions.keySet()) {
                    for (String poorer : group.subscriptions.keySet()) {
                        boolean couldTake = group.assigned.get(richer).keySet().stream()
                                .anyMatch(group.subscriptions.get(poorer)::contains);
                        assertThat(couldTake && load(group, richer) - load(group, poorer) >= 2)
                                .as("seed %s: %s could give to %s in %s", seed, richer, poorer, group.assigned)
                                .isFalse();
                    }
                }
                group.change(step);
            }
        }
    }

    @Test
    void uniformChangesNothingWhereNothingHasChanged() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomGroup group = new RandomGroup(seed, seed % 2 == 0);
            group.assigned = UNIFORM.assign(group.task());

            assertThat(UNIFORM.assign(group.task())).as("seed %s", seed).isEqualTo(group.assigned);
        }
    }

    @Test
    void whoJoinsTakesNoMoreThanItsShareAndNobodyElseGainsAnything() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomGroup group = new RandomGroup(seed, true);
            Map<String, Map<Uuid, Set<Integer>>> before = UNIFORM.assign(group.task());
            group.assigned = before;
            group.join("new");

            Map<String, Map<Uuid, Set<Integer>>> after = UNIFORM.assign(group.task());

            before.forEach((memberId, topics) -> after.get(memberId)
                    .forEach((topicId, partitions) ->
                            assertThat(topics.getOrDefault(topicId, Set.of())).containsAll(partitions)));
        }
    }

    @Test
    void whoLeavesGivesToOthersWhoLoseNothing() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomGroup group = new RandomGroup(seed, true);
            group.join("leaving");
            Map<String, Map<Uuid, Set<Integer>>> before = UNIFORM.assign(group.task());
            group.assigned = before;
            group.subscriptions.remove("leaving");

            Map<String, Map<Uuid, Set<Integer>>> after = UNIFORM.assign(group.task());

            after.forEach((memberId, topics) -> before.get(memberId)
                    .forEach((topicId, partitions) ->
                            assertThat(topics.getOrDefault(topicId, Set.of())).containsAll(partitions)));
        }
    }

    @Test
    void rangesAreNeighboursAndPartitionsOfOneNumberMeetAtOneMember() {
        Uuid one = new Uuid(1, 1);
        Uuid other = new Uuid(1, 2);
        Set<Uuid> both = Set.of(one, other);
        AssignmentTask task = new AssignmentTask(
                Map.of(
                        "a", new AssignmentTask.Member("", both, Map.of()),
                        "b", new AssignmentTask.Member("static", both, Map.of()),
                        "c", new AssignmentTask.Member("", both, Map.of())),
                Map.of(one, 7, other, 7));

        Map<String, Map<Uuid, Set<Integer>>> assignment = RANGE.assign(task);

        assertThat(assignment)
                .containsEntry("b", Map.of(one, Set.of(0, 1, 2), other, Set.of(0, 1, 2)))
                .containsEntry("a", Map.of(one, Set.of(3, 4), other, Set.of(3, 4)))
                .containsEntry("c", Map.of(one, Set.of(5, 6), other, Set.of(5, 6)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uniform", "range"})
    void aHundredThousandPartitionsAreAssignedInSeconds(String name) {
        Map<Uuid, Integer> counts = new HashMap<>();
        for (int i = 1; i <= 1_000; i++) {
            counts.put(new Uuid(1, i), 100);
        }
        Map<String, AssignmentTask.Member> members = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            members.put("m" + i, new AssignmentTask.Member("", counts.keySet(), Map.of()));
        }
        long startNanos = System.nanoTime();

        Map<String, Map<Uuid, Set<Integer>>> assignment =
                PartitionAssignor.find(name).orElseThrow().assign(new AssignmentTask(members, counts));

        assertThat(assignment).hasSize(1_000);
        assertThat(System.nanoTime() - startNanos).isLessThan(20_000_000_000L);
    }

    private static int load(RandomGroup group, String memberId) {
        return group.assigned.get(memberId).values().stream()
                .mapToInt(Set::size)
                .sum();
    }
}
