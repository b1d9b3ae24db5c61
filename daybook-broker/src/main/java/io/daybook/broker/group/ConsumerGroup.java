package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.metadata.TopicImage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A group of the consumer protocol (KIP-848). Owned by the coordinator's shard. What is durable is changed by records
 * only, one after the other; timers, and what was last looked at in the metadata, hang on it and do not survive a restart.
 */
final class ConsumerGroup implements Group {
    private static final List<TopicImage> NOTHING_CHECKED = List.of();

    private final String groupId;
    private int groupEpoch;
    private long metadataHash;
    private int assignmentEpoch;
    private final TreeMap<String, ConsumerMember> members = new TreeMap<>();
    private final Map<String, String> memberIdByInstance = new HashMap<>();
    private final Map<String, Map<Uuid, Set<Integer>>> targets = new HashMap<>();
    /** Who may consume a partition, or has been asked to give it up and has not said that it did. */
    private final Map<Uuid, Map<Integer, String>> owners = new HashMap<>();

    private final TreeMap<String, List<String>> topicsByRegex = new TreeMap<>();
    private final Map<String, Integer> subscribersByTopic = new HashMap<>();
    private final Map<String, Integer> subscribersByRegex = new HashMap<>();

    private final MemberTimers timers = new MemberTimers();
    private Iterable<TopicImage> checkedTopics = NOTHING_CHECKED;
    private long topicsCheckedMs;

    ConsumerGroup(String groupId) {
        this.groupId = groupId;
    }

    void setEpoch(int newGroupEpoch, long newMetadataHash) {
        groupEpoch = newGroupEpoch;
        metadataHash = newMetadataHash;
    }

    void setAssignmentEpoch(int newAssignmentEpoch) {
        assignmentEpoch = newAssignmentEpoch;
    }

    void putMember(String memberId, ConsumerMemberMetadata metadata) {
        ConsumerMember former = members.getOrDefault(memberId, ConsumerMember.joining(memberId));
        count(former.metadata(), -1);
        count(metadata, 1);
        members.put(memberId, former.with(metadata));
        if (!metadata.instanceId().isEmpty()) {
            memberIdByInstance.put(metadata.instanceId(), memberId);
        }
    }

    void removeMember(String memberId) {
        unassign(memberId);
        ConsumerMember former = members.remove(memberId);
        if (former != null) {
            count(former.metadata(), -1);
            memberIdByInstance.remove(former.instanceId(), memberId);
        }
        timers.cancelAll(memberId);
    }

    private void count(ConsumerMemberMetadata metadata, int change) {
        for (String topic : metadata.subscribedTopics()) {
            count(subscribersByTopic, topic, change);
        }
        if (!metadata.subscribedRegex().isEmpty()) {
            count(subscribersByRegex, metadata.subscribedRegex(), change);
        }
    }

    private static void count(Map<String, Integer> counts, String key, int change) {
        if (counts.merge(key, change, Integer::sum) == 0) {
            counts.remove(key);
        }
    }

    void putTarget(String memberId, Map<Uuid, Set<Integer>> partitions) {
        targets.put(memberId, partitions);
    }

    void removeTarget(String memberId) {
        targets.remove(memberId);
    }

    /** The log may tell of an assignment before it tells of the member, if it was compacted. */
    void assign(String memberId, ConsumerMemberAssignment assignment) {
        unassign(memberId);
        members.put(
                memberId,
                members.getOrDefault(memberId, ConsumerMember.joining(memberId)).with(assignment));
        for (Map<Uuid, Map<Integer, Integer>> each : List.of(assignment.assigned(), assignment.pendingRevocation())) {
            each.forEach((topicId, partitions) -> {
                Map<Integer, String> ownersOfTopic = owners.computeIfAbsent(topicId, id -> new HashMap<>());
                partitions.keySet().forEach(partition -> ownersOfTopic.put(partition, memberId));
            });
        }
    }

    void unassign(String memberId) {
        ConsumerMember member = members.get(memberId);
        if (member == null) {
            return;
        }
        ConsumerMemberAssignment former = member.assignment();
        for (Map<Uuid, Map<Integer, Integer>> each : List.of(former.assigned(), former.pendingRevocation())) {
            each.forEach((topicId, partitions) -> {
                Map<Integer, String> ownersOfTopic = owners.getOrDefault(topicId, new HashMap<>());
                partitions.keySet().forEach(partition -> ownersOfTopic.remove(partition, memberId));
                if (ownersOfTopic.isEmpty()) {
                    owners.remove(topicId);
                }
            });
        }
        members.put(memberId, member.with(ConsumerMemberAssignment.NONE));
    }

    void putRegex(String regex, List<String> topics) {
        topicsByRegex.put(regex, topics);
    }

    void removeRegex(String regex) {
        topicsByRegex.remove(regex);
    }

    int groupEpoch() {
        return groupEpoch;
    }

    long metadataHash() {
        return metadataHash;
    }

    int assignmentEpoch() {
        return assignmentEpoch;
    }

    /** In the order of their identities; a view. */
    Collection<ConsumerMember> members() {
        return Collections.unmodifiableCollection(members.values());
    }

    Optional<ConsumerMember> member(String memberId) {
        return Optional.ofNullable(members.get(memberId));
    }

    Optional<ConsumerMember> staticMember(String instanceId) {
        return Optional.ofNullable(memberIdByInstance.get(instanceId)).flatMap(this::member);
    }

    /** What the member is to have. */
    Map<Uuid, Set<Integer>> target(String memberId) {
        return targets.getOrDefault(memberId, Map.of());
    }

    /** Whether nobody has the partition, nor has been asked to give it up and may still have it. */
    boolean isFree(Uuid topicId, int partition) {
        return !owners.getOrDefault(topicId, Map.of()).containsKey(partition);
    }

    /** Whether the target of the member holds partitions that it has not got and others have. */
    boolean waitsForOthers(ConsumerMember member) {
        return target(member.memberId()).entrySet().stream().anyMatch(each -> {
            Map<Integer, Integer> assigned = member.assignment().assigned().getOrDefault(each.getKey(), Map.of());
            return each.getValue().stream()
                    .anyMatch(partition -> !assigned.containsKey(partition) && !isFree(each.getKey(), partition));
        });
    }

    /** The topics that each regular expression in use stands for; a view. */
    Map<String, List<String>> topicsByRegex() {
        return Collections.unmodifiableMap(topicsByRegex);
    }

    int subscribersByRegex(String regex) {
        return subscribersByRegex.getOrDefault(regex, 0);
    }

    MemberTimers timers() {
        return timers;
    }

    /** Whether these are the topics that the group was last held against. */
    boolean hasChecked(Iterable<TopicImage> topics) {
        return checkedTopics == topics;
    }

    long topicsCheckedMs() {
        return topicsCheckedMs;
    }

    void markChecked(Iterable<TopicImage> topics, long nowMs) {
        checkedTopics = topics;
        topicsCheckedMs = nowMs;
    }

    /** Whether the sender is the member that it says it is. */
    ErrorCode checkMember(String memberId, String instanceId) {
        if (!instanceId.isEmpty()) {
            String current = memberIdByInstance.get(instanceId);
            if (current == null) {
                return ErrorCode.UNKNOWN_MEMBER_ID;
            }
            if (!current.equals(memberId)) {
                return ErrorCode.FENCED_INSTANCE_ID;
            }
        }
        return members.containsKey(memberId) ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
    }

    @Override
    public String groupId() {
        return groupId;
    }

    @Override
    public GroupType type() {
        return GroupType.CONSUMER;
    }

    @Override
    public String protocolType() {
        return ClassicGroup.CONSUMER_PROTOCOL_TYPE;
    }

    @Override
    public String stateName() {
        if (members.isEmpty()) {
            return "Empty";
        }
        if (groupEpoch > assignmentEpoch) {
            return "Assigning";
        }
        boolean reconciled = members.values().stream().allMatch(member -> member.isReconciledTo(assignmentEpoch));
        return reconciled ? "Stable" : "Reconciling";
    }

    @Override
    public boolean isEmpty() {
        return members.isEmpty();
    }

    @Override
    public ErrorCode checkOffsetCommit(OffsetCommitter committer) {
        if (committer.generationOrEpoch() < 0 && members.isEmpty()) {
            return ErrorCode.NONE;
        }
        boolean anonymous =
                committer.memberId().isEmpty() && committer.instanceId().isEmpty();
        if (committer.transactional() && anonymous && committer.generationOrEpoch() < 0) {
            return ErrorCode.NONE;
        }
        ConsumerMember member = members.get(committer.memberId());
        if (member == null) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        if (!committer.transactional() && !member.usesClassicProtocol() && !committer.knowsMemberEpochs()) {
            return ErrorCode.UNSUPPORTED_VERSION;
        }
        return committer.generationOrEpoch() > member.memberEpoch() ? staleEpoch(member) : ErrorCode.NONE;
    }

    /** A member that has not heard of its new epoch may still commit what it has had since the epoch that it knows. */
    @Override
    public ErrorCode checkOffsetCommit(OffsetCommitter committer, Uuid topicId, int partition) {
        ConsumerMember member = members.get(committer.memberId());
        if (member == null || committer.generationOrEpoch() == member.memberEpoch()) {
            return ErrorCode.NONE;
        }
        return member.hadAtEpoch(committer.generationOrEpoch(), topicId, partition)
                ? ErrorCode.NONE
                : staleEpoch(member);
    }

    @Override
    public ErrorCode checkOffsetFetch(String memberId, int memberEpoch) {
        if (memberId.isEmpty() && memberEpoch < 0) {
            return ErrorCode.NONE;
        }
        ConsumerMember member = members.get(memberId);
        return member == null ? ErrorCode.UNKNOWN_MEMBER_ID : checkEpoch(member, memberEpoch);
    }

    private static ErrorCode checkEpoch(ConsumerMember member, int memberEpoch) {
        return memberEpoch == member.memberEpoch() ? ErrorCode.NONE : staleEpoch(member);
    }

    private static ErrorCode staleEpoch(ConsumerMember member) {
        return member.usesClassicProtocol() ? ErrorCode.ILLEGAL_GENERATION : ErrorCode.STALE_MEMBER_EPOCH;
    }

    @Override
    public ErrorCode checkOffsetDelete() {
        return ErrorCode.NONE;
    }

    @Override
    public ErrorCode checkDelete() {
        return members.isEmpty() ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
    }

    @Override
    public boolean isSubscribedTo(String topic) {
        return subscribersByTopic.containsKey(topic)
                || topicsByRegex.values().stream().anyMatch(topics -> topics.contains(topic));
    }

    @Override
    public OffsetAge offsetAge() {
        return OffsetAge.SINCE_COMMIT;
    }

    @Override
    public List<GroupRecord> tombstones() {
        List<GroupRecord> tombstones = new ArrayList<>();
        members.keySet().forEach(memberId -> tombstones.addAll(tombstones(memberId)));
        topicsByRegex.keySet().forEach(regex -> tombstones.add(new ConsumerGroupRecord.RegexRemoved(groupId, regex)));
        tombstones.add(new ConsumerGroupRecord.TargetEpochRemoved(groupId));
        tombstones.add(new ConsumerGroupRecord.GroupRemoved(groupId));
        return tombstones;
    }

    /** The records that make a restart forget the member. */
    List<GroupRecord> tombstones(String memberId) {
        return List.of(
                new ConsumerGroupRecord.CurrentAssignmentRemoved(groupId, memberId),
                new ConsumerGroupRecord.TargetMemberRemoved(groupId, memberId),
                new ConsumerGroupRecord.MemberRemoved(groupId, memberId));
    }

    @Override
    public void close(ErrorCode code) {
        timers.cancelAll();
    }
}
