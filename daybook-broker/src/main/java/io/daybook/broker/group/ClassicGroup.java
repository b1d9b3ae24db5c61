package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.runtime.Cancellable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A group of the classic protocol: its last stored generation, and on top of it the rebalance that is under way. Owned by
 * the coordinator's shard. What is durable changes in {@link #restore} only; the rest is forgotten in a restart, and
 * members then come back to the last stored generation.
 */
final class ClassicGroup implements Group {
    /** The protocol type of groups of consumers, whose subscriptions the broker can read. */
    static final String CONSUMER_PROTOCOL_TYPE = "consumer";

    private static final Cancellable NO_TIMER = () -> {};

    private final String groupId;
    private ClassicState state = ClassicState.EMPTY;
    private ClassicState previousState = ClassicState.EMPTY;
    private long stateTimestampMs = ClassicGroupMetadata.NO_TIMESTAMP;
    private String protocolType = "";
    private int generationId;
    private String protocolName = "";
    private String leaderId = "";
    private boolean newMemberAdded;

    /** In the order of their joining. */
    private final LinkedHashMap<String, ClassicMember> members = new LinkedHashMap<>();

    private final Map<String, String> memberIdByInstance = new HashMap<>();
    /** Members that were given an identity and must join again with it, and the timers that forget them. */
    private final Map<String, Cancellable> pendingMembers = new HashMap<>();
    /** Members of this generation that have not sent SyncGroup. */
    private final Set<String> pendingSync = new LinkedHashSet<>();

    private Cancellable joinTimer = NO_TIMER;
    private Cancellable syncTimer = NO_TIMER;

    ClassicGroup(String groupId) {
        this.groupId = groupId;
    }

    @Override
    public String groupId() {
        return groupId;
    }

    @Override
    public GroupType type() {
        return GroupType.CLASSIC;
    }

    @Override
    public String protocolType() {
        return protocolType;
    }

    @Override
    public String stateName() {
        return state.label();
    }

    @Override
    public boolean isEmpty() {
        return members.isEmpty();
    }

    ClassicState state() {
        return state;
    }

    ClassicState previousState() {
        return previousState;
    }

    int generationId() {
        return generationId;
    }

    String protocolName() {
        return protocolName;
    }

    String leaderId() {
        return leaderId;
    }

    boolean isLeader(String memberId) {
        return leaderId.equals(memberId);
    }

    /** In the order of their joining; a view. */
    Collection<ClassicMember> members() {
        return Collections.unmodifiableCollection(members.values());
    }

    Optional<ClassicMember> member(String memberId) {
        return Optional.ofNullable(members.get(memberId));
    }

    Optional<ClassicMember> staticMember(String instanceId) {
        return Optional.ofNullable(memberIdByInstance.get(instanceId)).map(members::get);
    }

    /** Takes over what the log says. What members are waiting for stays with those that are still there. */
    void restore(ClassicGroupMetadata metadata) {
        Map<String, ClassicMember> former = new HashMap<>(members);
        members.clear();
        memberIdByInstance.clear();
        protocolType = metadata.protocolType();
        generationId = metadata.generationId();
        protocolName = metadata.protocolName();
        leaderId = metadata.leaderId();
        for (ClassicGroupMetadata.Member stored : metadata.members()) {
            ClassicMember live = former.remove(stored.memberId());
            ClassicMember member = live == null ? new ClassicMember(stored, protocolType, protocolName) : live;
            member.assign(stored.assignment());
            put(member);
        }
        former.values().forEach(ClassicMember::close);
        pendingSync.retainAll(members.keySet());
        transitionTo(members.isEmpty() ? ClassicState.EMPTY : ClassicState.STABLE, metadata.stateTimestampMs());
    }

    /** The group as the log is to keep it, with these assignments. */
    ClassicGroupMetadata stored(Function<ClassicMember, OpaqueBytes> assignment, long nowMs) {
        List<ClassicGroupMetadata.Member> stored = new ArrayList<>(members.size());
        for (ClassicMember member : members.values()) {
            stored.add(member.stored(protocolName, assignment.apply(member)));
        }
        return new ClassicGroupMetadata(protocolType, generationId, protocolName, leaderId, nowMs, stored);
    }

    /** The group as the log is to keep it, with the successor in the place of the former. */
    ClassicGroupMetadata storedWith(ClassicMember former, ClassicMember successor, long nowMs) {
        List<ClassicGroupMetadata.Member> stored = new ArrayList<>(members.size());
        for (ClassicMember member : membersWith(former, successor)) {
            stored.add(member.stored(protocolName, member.assignment()));
        }
        String leader = isLeader(former.memberId()) ? successor.memberId() : leaderId;
        return new ClassicGroupMetadata(protocolType, generationId, protocolName, leader, nowMs, stored);
    }

    private List<ClassicMember> membersWith(ClassicMember former, ClassicMember successor) {
        List<ClassicMember> all = new ArrayList<>(members.values());
        all.replaceAll(member -> member.memberId().equals(former.memberId()) ? successor : member);
        return all;
    }

    void transitionTo(ClassicState next, long nowMs) {
        previousState = state;
        state = next;
        stateTimestampMs = nowMs;
    }

    /** Whether a rebalance can be started from the current state. */
    boolean canRebalance() {
        return state != ClassicState.PREPARING_REBALANCE;
    }

    /** A new member; the first one decides the kind of the group, and leads it. */
    void add(ClassicMember member) {
        if (members.isEmpty()) {
            protocolType = member.protocolType();
        }
        if (leaderId.isEmpty()) {
            leaderId = member.memberId();
        }
        put(member);
        forgetPending(member.memberId());
    }

    void remove(ClassicMember member) {
        members.remove(member.memberId());
        member.close();
        if (member.isStatic()) {
            memberIdByInstance.remove(member.instanceId(), member.memberId());
        }
        pendingSync.remove(member.memberId());
        if (isLeader(member.memberId())) {
            leaderId = members.isEmpty() ? "" : members.keySet().iterator().next();
        }
    }

    /** The successor has the former's place, its lead included. */
    void replace(ClassicMember former, ClassicMember successor) {
        List<ClassicMember> all = membersWith(former, successor);
        boolean leads = isLeader(former.memberId());
        former.close();
        pendingSync.remove(former.memberId());
        members.clear();
        all.forEach(this::put);
        if (leads) {
            leaderId = successor.memberId();
        }
    }

    private void put(ClassicMember member) {
        members.put(member.memberId(), member);
        if (member.isStatic()) {
            memberIdByInstance.put(member.instanceId(), member.memberId());
        }
    }

    boolean isPending(String memberId) {
        return pendingMembers.containsKey(memberId);
    }

    void addPending(String memberId, Cancellable timer) {
        pendingMembers.put(memberId, timer);
    }

    void forgetPending(String memberId) {
        Cancellable timer = pendingMembers.remove(memberId);
        if (timer != null) {
            timer.cancel();
        }
    }

    int awaitingJoinCount() {
        int count = 0;
        for (ClassicMember member : members.values()) {
            count += member.isAwaitingJoin() ? 1 : 0;
        }
        return count;
    }

    boolean hasAllMembersJoined() {
        return pendingMembers.isEmpty() && awaitingJoinCount() == members.size();
    }

    /** Whether a rebalance that began without members has got one more since this was last asked. */
    boolean takeNewMemberAdded() {
        boolean added = newMemberAdded;
        newMemberAdded = false;
        return added;
    }

    void markNewMemberAdded() {
        newMemberAdded = true;
    }

    /** The longest that any member allows; 0 without members. */
    int rebalanceTimeoutMs() {
        int longestMs = 0;
        for (ClassicMember member : members.values()) {
            longestMs = Math.max(longestMs, member.rebalanceTimeoutMs());
        }
        return longestMs;
    }

    /** Makes sure that the leader is one who has joined. False if nobody has. */
    boolean electJoinedLeader() {
        Optional<ClassicMember> leader = member(leaderId);
        if (leader.isPresent() && leader.get().isAwaitingJoin()) {
            return true;
        }
        for (ClassicMember member : members.values()) {
            if (member.isAwaitingJoin()) {
                leaderId = member.memberId();
                return true;
            }
        }
        return false;
    }

    /** Starts a generation with the members that are there; it is stored when it has its assignments. */
    void beginGeneration(long nowMs) {
        generationId++;
        protocolName = chooseProtocol(members.values());
        pendingSync.clear();
        pendingSync.addAll(members.keySet());
        transitionTo(ClassicState.COMPLETING_REBALANCE, nowMs);
    }

    /** The protocol that would be chosen with the successor in the place of the former. */
    String chooseProtocolWith(ClassicMember former, ClassicMember successor) {
        return chooseProtocol(membersWith(former, successor));
    }

    /** The members' votes decide among what all of them support; among equals, the one that an earlier member prefers. */
    private static String chooseProtocol(Collection<ClassicMember> voters) {
        List<String> candidates = commonProtocols(voters);
        LinkedHashMap<String, Integer> votes = new LinkedHashMap<>();
        for (ClassicMember member : voters) {
            member.vote(candidates).ifPresent(name -> votes.merge(name, 1, Integer::sum));
        }
        String chosen = "";
        int most = 0;
        for (Map.Entry<String, Integer> each : votes.entrySet()) {
            if (each.getValue() > most) {
                chosen = each.getKey();
                most = each.getValue();
            }
        }
        return chosen;
    }

    /** Whether a member with these protocols could work with the members that are there. */
    boolean supports(String type, List<ClassicProtocol> protocols) {
        if (type.isEmpty() || protocols.isEmpty()) {
            return false;
        }
        if (members.isEmpty()) {
            return true;
        }
        List<String> common = commonProtocols(members.values());
        return type.equals(protocolType) && protocols.stream().anyMatch(each -> common.contains(each.name()));
    }

    private static List<String> commonProtocols(Collection<ClassicMember> members) {
        List<String> common = new ArrayList<>();
        boolean first = true;
        for (ClassicMember member : members) {
            List<String> names =
                    member.protocols().stream().map(ClassicProtocol::name).toList();
            if (first) {
                common.addAll(names);
                first = false;
            } else {
                common.retainAll(names);
            }
        }
        return common;
    }

    void receivedSync(String memberId) {
        pendingSync.remove(memberId);
        if (pendingSync.isEmpty()) {
            watchSync(NO_TIMER);
        }
    }

    /** Members of this generation that have not sent SyncGroup; a copy. */
    Set<String> pendingSync() {
        return Set.copyOf(pendingSync);
    }

    /** Replaces the timer that ends the wait for members to join. */
    void watchJoin(Cancellable timer) {
        joinTimer.cancel();
        joinTimer = timer;
    }

    void stopWatchingJoin() {
        watchJoin(NO_TIMER);
    }

    /** Replaces the timer that ends the wait for members to sync. */
    void watchSync(Cancellable timer) {
        syncTimer.cancel();
        syncTimer = timer;
    }

    void stopWatchingSync() {
        watchSync(NO_TIMER);
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
    public ErrorCode checkOffsetCommit(OffsetCommitter committer) {
        boolean simple = committer.generationOrEpoch() < 0;
        if (simple && state == ClassicState.EMPTY) {
            return ErrorCode.NONE;
        }
        if (!simple
                || !committer.memberId().isEmpty()
                || !committer.instanceId().isEmpty()) {
            ErrorCode member = checkMember(committer.memberId(), committer.instanceId());
            if (!member.isNone()) {
                return member;
            }
            if (committer.generationOrEpoch() != generationId) {
                return ErrorCode.ILLEGAL_GENERATION;
            }
        } else if (!committer.transactional()) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        return !committer.transactional() && state == ClassicState.COMPLETING_REBALANCE
                ? ErrorCode.REBALANCE_IN_PROGRESS
                : ErrorCode.NONE;
    }

    @Override
    public ErrorCode checkOffsetFetch(String memberId, int memberEpoch) {
        return ErrorCode.NONE;
    }

    @Override
    public ErrorCode checkOffsetDelete() {
        return state == ClassicState.EMPTY || isOfConsumers() ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
    }

    @Override
    public ErrorCode checkDelete() {
        return state == ClassicState.EMPTY ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
    }

    /** A subscription that cannot be read counts as one to everything. */
    @Override
    public boolean isSubscribedTo(String topic) {
        if (!isOfConsumers()) {
            return false;
        }
        return subscribedTopics().map(topics -> topics.contains(topic)).orElse(true);
    }

    @Override
    public OffsetAge offsetAge() {
        if (protocolType.isEmpty()) {
            return OffsetAge.SINCE_COMMIT;
        }
        if (state == ClassicState.EMPTY) {
            long emptySinceMs = stateTimestampMs;
            return emptySinceMs == ClassicGroupMetadata.NO_TIMESTAMP ? OffsetAge.SINCE_COMMIT : offset -> emptySinceMs;
        }
        boolean knowsTopics = state == ClassicState.STABLE
                && isOfConsumers()
                && subscribedTopics().isPresent();
        return knowsTopics ? OffsetAge.SINCE_COMMIT : OffsetAge.IN_USE;
    }

    @Override
    public List<GroupRecord> tombstones() {
        return List.of(new ClassicGroupRecord.Removed(groupId));
    }

    @Override
    public void close(ErrorCode code) {
        stopWatchingJoin();
        stopWatchingSync();
        pendingMembers.values().forEach(Cancellable::cancel);
        pendingMembers.clear();
        for (ClassicMember member : members.values()) {
            member.close();
            member.takeAwaitingJoin().ifPresent(answer -> answer.complete(JoinResult.failed(code, member.memberId())));
            member.takeAwaitingSync().ifPresent(answer -> answer.complete(SyncResult.failed(code)));
        }
    }

    private boolean isOfConsumers() {
        return protocolType.equals(CONSUMER_PROTOCOL_TYPE);
    }

    /** What the members of a group of consumers subscribe to; empty if a subscription cannot be read. */
    private Optional<Set<String>> subscribedTopics() {
        Set<String> topics = new HashSet<>();
        for (ClassicMember member : members.values()) {
            Optional<List<String>> subscribed = ClassicSubscription.topics(member.metadata(protocolName));
            if (subscribed.isEmpty()) {
                return Optional.empty();
            }
            topics.addAll(subscribed.get());
        }
        return Optional.of(topics);
    }
}
