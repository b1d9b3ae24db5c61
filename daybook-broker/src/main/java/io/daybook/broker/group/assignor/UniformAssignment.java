package io.daybook.broker.group.assignor;

import io.daybook.base.Uuid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A uniform assignment in the making. Topics that have the same subscribers are one {@link Audience}; a group whose
 * members all subscribe to the same has a single one, and then everything is done in {@code O(partitions * log members)}.
 * With several audiences, balancing one can unbalance another, so it goes round until nothing moves; each move makes the
 * loads' sum of squares smaller, so it ends.
 */
final class UniformAssignment {
    private record Partition(Uuid topicId, int partition) {}

    /** The same for all of these topics: by whom they are subscribed. */
    private static final class Audience {
        final List<Integer> subscribers;
        final List<Uuid> topicIds = new ArrayList<>();
        /** By member; what came last is given away first. */
        final Map<Integer, ArrayDeque<Partition>> owned = new TreeMap<>();

        Audience(List<Integer> subscribers) {
            this.subscribers = subscribers;
        }

        ArrayDeque<Partition> ownedBy(int member) {
            return owned.computeIfAbsent(member, key -> new ArrayDeque<>());
        }
    }

    private final AssignmentTask task;
    private final List<String> memberIds;
    private final int[] loads;
    private final Comparator<Integer> byLoad;
    private final List<Audience> audiences;
    private final Map<Uuid, Audience> audienceOf = new TreeMap<>();
    private final Map<Uuid, BitSet> taken = new TreeMap<>();

    UniformAssignment(AssignmentTask task) {
        this.task = task;
        this.memberIds = List.copyOf(task.orderedMembers().keySet());
        this.loads = new int[memberIds.size()];
        this.byLoad =
                Comparator.<Integer>comparingInt(member -> loads[member]).thenComparing(Comparator.naturalOrder());
        this.audiences = audiences();
    }

    /** Those with fewer subscribers first: they have less choice. */
    private List<Audience> audiences() {
        Map<Uuid, List<Integer>> subscribers = new TreeMap<>();
        for (int member = 0; member < memberIds.size(); member++) {
            for (Uuid topicId : task.member(memberIds.get(member)).topics()) {
                subscribers.computeIfAbsent(topicId, id -> new ArrayList<>()).add(member);
            }
        }
        Map<List<Integer>, Audience> bySubscribers = new LinkedHashMap<>();
        subscribers.forEach((topicId, members) -> {
            Audience audience = bySubscribers.computeIfAbsent(members, Audience::new);
            audience.topicIds.add(topicId);
            audienceOf.put(topicId, audience);
            taken.put(topicId, new BitSet());
        });
        List<Audience> ordered = new ArrayList<>(bySubscribers.values());
        ordered.sort(Comparator.comparingInt(audience -> audience.subscribers.size()));
        return ordered;
    }

    /** What a member has stays with it, if it still subscribes to it and the partition is still there. */
    void keepWhatIsAssigned() {
        for (int member = 0; member < memberIds.size(); member++) {
            AssignmentTask.Member known = task.member(memberIds.get(member));
            for (Map.Entry<Uuid, Set<Integer>> each : new TreeMap<>(known.assigned()).entrySet()) {
                if (known.topics().contains(each.getKey())) {
                    keep(member, each.getKey(), new TreeSet<>(each.getValue()));
                }
            }
        }
    }

    private void keep(int member, Uuid topicId, Set<Integer> partitions) {
        int count = task.partitionCount(topicId);
        for (int partition : partitions) {
            if (partition >= 0 && partition < count && !takenOf(topicId).get(partition)) {
                give(Objects.requireNonNull(audienceOf.get(topicId)), new Partition(topicId, partition), member);
            }
        }
    }

    private void give(Audience audience, Partition partition, int member) {
        takenOf(partition.topicId).set(partition.partition);
        audience.ownedBy(member).addLast(partition);
        loads[member]++;
    }

    private BitSet takenOf(Uuid topicId) {
        return Objects.requireNonNull(taken.get(topicId), "unknown topic");
    }

    /** What nobody has goes to the subscriber who has least. */
    void assignTheRest() {
        for (Audience audience : audiences) {
            PriorityQueue<Integer> leastFirst = new PriorityQueue<>(byLoad);
            leastFirst.addAll(audience.subscribers);
            for (Uuid topicId : audience.topicIds) {
                int count = task.partitionCount(topicId);
                BitSet known = takenOf(topicId);
                for (int partition = known.nextClearBit(0);
                        partition < count;
                        partition = known.nextClearBit(partition)) {
                    int member = leastFirst.remove();
                    give(audience, new Partition(topicId, partition), member);
                    leastFirst.add(member);
                }
            }
        }
    }

    /** Who has most gives to who has least, until nobody has two more than one who could take it. */
    void balance() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Audience audience : audiences) {
                moved |= balance(audience);
            }
        }
    }

    private boolean balance(Audience audience) {
        TreeSet<Integer> receivers = new TreeSet<>(byLoad);
        receivers.addAll(audience.subscribers);
        TreeSet<Integer> donors = new TreeSet<>(byLoad);
        for (int member : audience.subscribers) {
            if (!audience.ownedBy(member).isEmpty()) {
                donors.add(member);
            }
        }
        boolean moved = false;
        while (!donors.isEmpty() && loads[donors.last()] - loads[receivers.first()] >= 2) {
            int donor = donors.last();
            int receiver = receivers.first();
            for (int member : new int[] {donor, receiver}) {
                donors.remove(member);
                receivers.remove(member);
            }
            audience.ownedBy(receiver).addLast(audience.ownedBy(donor).removeLast());
            loads[donor]--;
            loads[receiver]++;
            receivers.add(donor);
            receivers.add(receiver);
            donors.add(receiver);
            if (!audience.ownedBy(donor).isEmpty()) {
                donors.add(donor);
            }
            moved = true;
        }
        return moved;
    }

    Map<String, Map<Uuid, Set<Integer>>> result() {
        Map<String, Map<Uuid, Set<Integer>>> result = new TreeMap<>();
        memberIds.forEach(memberId -> result.put(memberId, new TreeMap<>()));
        for (Audience audience : audiences) {
            audience.owned.forEach((member, partitions) -> {
                Map<Uuid, Set<Integer>> assignment =
                        result.computeIfAbsent(memberIds.get(member), id -> new TreeMap<>());
                for (Partition each : partitions) {
                    assignment
                            .computeIfAbsent(each.topicId, id -> new TreeSet<>())
                            .add(each.partition);
                }
            });
        }
        return result;
    }
}
