package io.daybook.broker.group.assignor;

import io.daybook.base.Uuid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gives each subscriber of a topic a range of neighbouring partitions, as even as possible, earlier members first. Topics
 * with the same subscribers and as many partitions are cut alike, so that partitions of the same number meet at the same
 * member. Static members come first, in the order of their instances.
 */
final class RangeAssignor implements PartitionAssignor {
    @Override
    public String name() {
        return "range";
    }

    @Override
    public Map<String, Map<Uuid, Set<Integer>>> assign(AssignmentTask task) {
        Map<String, Map<Uuid, Set<Integer>>> assignments = new TreeMap<>();
        Map<Uuid, List<String>> subscribers = new TreeMap<>();
        for (String memberId : ordered(task)) {
            assignments.put(memberId, new TreeMap<>());
            for (Uuid topicId : task.member(memberId).topics()) {
                subscribers.computeIfAbsent(topicId, id -> new ArrayList<>()).add(memberId);
            }
        }
        subscribers.forEach((topicId, memberIds) -> {
            int count = task.partitionCount(topicId);
            for (int i = 0; i < memberIds.size(); i++) {
                Set<Integer> range = range(count, memberIds.size(), i);
                if (!range.isEmpty()) {
                    assignments
                            .computeIfAbsent(memberIds.get(i), id -> new TreeMap<>())
                            .put(topicId, range);
                }
            }
        });
        return assignments;
    }

    private static List<String> ordered(AssignmentTask task) {
        List<String> memberIds = new ArrayList<>(task.members().keySet());
        memberIds.sort(Comparator.comparing(
                        (String memberId) -> task.member(memberId).instanceId().isEmpty())
                .thenComparing(memberId -> task.member(memberId).instanceId())
                .thenComparing(Comparator.naturalOrder()));
        return memberIds;
    }

    private static Set<Integer> range(int partitionCount, int memberCount, int memberIndex) {
        int atLeast = partitionCount / memberCount;
        int withOneMore = partitionCount % memberCount;
        int first = memberIndex * atLeast + Math.min(memberIndex, withOneMore);
        int end = first + atLeast + (memberIndex < withOneMore ? 1 : 0);
        Set<Integer> range = new TreeSet<>();
        for (int partition = first; partition < end; partition++) {
            range.add(partition);
        }
        return range;
    }
}
