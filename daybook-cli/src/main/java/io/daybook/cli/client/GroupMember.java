package io.daybook.cli.client;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.cli.client.Groups.Membership;
import io.daybook.protocol.message.ConsumerGroupHeartbeatRequestData;
import io.daybook.protocol.message.ConsumerGroupHeartbeatRequestData.TopicPartitions;
import io.daybook.protocol.message.ConsumerGroupHeartbeatResponseData;
import io.daybook.protocol.message.ConsumerGroupHeartbeatResponseData.Assignment;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponseTopic;
import io.daybook.runtime.RandomSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A member of a consumer group by the consumer protocol (KIP-848): the broker divides the partitions, the member says
 * which it has. Call {@link #heartbeat} at least as often as {@link #intervalMs} says. For one thread.
 */
public final class GroupMember {
    private static final int REBALANCE_TIMEOUT_MS = 45_000;
    private static final int LEAVING = -1;
    private static final int JOINING = 0;

    private final ClusterClient client;
    private final String group;
    private final List<String> topics;
    private final String memberId = RandomSource.system().nextUuid().toString();
    private final Map<Uuid, String> names = new HashMap<>();
    private Set<TopicPartition> owned = Set.of();
    private boolean ownedChanged;
    private int memberEpoch = JOINING;
    private int intervalMs = 1_000;

    /** Has not joined yet. */
    public GroupMember(ClusterClient client, String group, List<String> topics) {
        this.client = client;
        this.group = group;
        this.topics = List.copyOf(topics);
    }

    /** How often the coordinator wants to hear from it. */
    public int intervalMs() {
        return intervalMs;
    }

    /** As whom it commits. */
    public Membership membership() {
        return new Membership(memberId, memberEpoch);
    }

    /** The partitions that it reads now. */
    public Set<TopicPartition> owned() {
        return owned;
    }

    /**
     * Says that it is there, joins on the first call, and takes a new assignment.
     *
     * @param revoke called with the partitions that it must give up, before the coordinator hears that it has; commit there
     * @return whether {@link #owned} has changed
     */
    public boolean heartbeat(java.util.function.Consumer<Set<TopicPartition>> revoke) {
        boolean full = memberEpoch == JOINING;
        ConsumerGroupHeartbeatResponseData response = send(request(full));
        ErrorCode code = ErrorCode.of(response.errorCode());
        if (code == ErrorCode.FENCED_MEMBER_EPOCH || code == ErrorCode.UNKNOWN_MEMBER_ID) {
            boolean changed = !owned.isEmpty();
            owned = Set.of();
            memberEpoch = JOINING;
            return changed;
        }
        if (code == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
                || code == ErrorCode.COORDINATOR_NOT_AVAILABLE
                || code == ErrorCode.NOT_COORDINATOR) {
            ClusterClient.pause();
            return false;
        }
        ProtocolException.check(response.errorCode(), "group '" + group + "'", response.errorMessage());
        memberEpoch = response.memberEpoch();
        intervalMs = response.heartbeatIntervalMs();
        ownedChanged = false;
        @Nullable Assignment assignment = response.assignment();
        return assignment != null && take(assignment, revoke);
    }

    /** Leaves; the others get its partitions at once. */
    public void leave() {
        if (memberEpoch != JOINING) {
            memberEpoch = LEAVING;
            send(request(false));
        }
    }

    private boolean take(Assignment assignment, java.util.function.Consumer<Set<TopicPartition>> revoke) {
        Set<TopicPartition> target = new HashSet<>();
        for (ConsumerGroupHeartbeatResponseData.TopicPartitions each : assignment.topicPartitions()) {
            String name = nameOf(each.topicId());
            each.partitions().forEach(partition -> target.add(new TopicPartition(name, partition)));
        }
        ownedChanged = true;
        if (target.equals(owned)) {
            return false;
        }
        Set<TopicPartition> revoked = new HashSet<>(owned);
        revoked.removeAll(target);
        if (!revoked.isEmpty()) {
            revoke.accept(revoked);
        }
        owned = Set.copyOf(target);
        return true;
    }

    private ConsumerGroupHeartbeatRequestData request(boolean full) {
        ConsumerGroupHeartbeatRequestData request = new ConsumerGroupHeartbeatRequestData()
                .setGroupId(group)
                .setMemberId(memberId)
                .setMemberEpoch(memberEpoch);
        if (full) {
            request.setSubscribedTopicNames(topics).setRebalanceTimeoutMs(REBALANCE_TIMEOUT_MS);
        }
        if (full || ownedChanged) {
            Map<String, List<Integer>> byTopic = new LinkedHashMap<>();
            owned.forEach(each -> byTopic.computeIfAbsent(each.topic(), topic -> new ArrayList<>())
                    .add(each.partition()));
            List<TopicPartitions> partitions = new ArrayList<>();
            names.forEach((id, name) -> {
                if (byTopic.containsKey(name)) {
                    partitions.add(new TopicPartitions().setTopicId(id).setPartitions(byTopic.get(name)));
                }
            });
            request.setTopicPartitions(partitions);
        }
        return request;
    }

    private ConsumerGroupHeartbeatResponseData send(ConsumerGroupHeartbeatRequestData request) {
        return client.call(client.coordinatorOf(group), request, new ConsumerGroupHeartbeatResponseData());
    }

    private String nameOf(Uuid topicId) {
        if (!names.containsKey(topicId)) {
            for (MetadataResponseTopic topic : client.metadata(topics, false).topics()) {
                names.put(topic.topicId(), String.valueOf(topic.name()));
            }
        }
        String name = names.get(topicId);
        if (name == null) {
            throw new ProtocolException(
                    ErrorCode.UNKNOWN_TOPIC_ID, "topic " + topicId + " of group '" + group + "'", null);
        }
        return name;
    }
}
