package io.daybook.broker.group.assignor;

import io.daybook.base.Uuid;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an assignor is to assign, and to whom.
 *
 * @param members by their identity
 * @param partitionCounts of every topic that somebody subscribes to
 */
public record AssignmentTask(Map<String, Member> members, Map<Uuid, Integer> partitionCounts) {
    public AssignmentTask {
        members = Map.copyOf(members);
        partitionCounts = Map.copyOf(partitionCounts);
        for (Member member : members.values()) {
            if (!partitionCounts.keySet().containsAll(member.topics())) {
                throw new IllegalArgumentException("a member subscribes to topics without partitions: " + member);
            }
        }
    }

    /** One of the {@link #members}. */
    Member member(String memberId) {
        return Objects.requireNonNull(members.get(memberId), memberId);
    }

    /** Partitions of a topic that somebody subscribes to. */
    int partitionCount(Uuid topicId) {
        return Objects.requireNonNull(partitionCounts.get(topicId), "unknown topic");
    }

    /** The members in the order of their identities, so that the same task always has the same outcome. */
    TreeMap<String, Member> orderedMembers() {
        return new TreeMap<>(members);
    }

    /**
     * A member.
     *
     * @param instanceId the static identity; empty for a dynamic member
     * @param topics that it subscribes to
     * @param assigned what it was assigned before, by topic; may hold what is not there any more
     */
    public record Member(String instanceId, Set<Uuid> topics, Map<Uuid, Set<Integer>> assigned) {}
}
