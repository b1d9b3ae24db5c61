package io.daybook.broker.group;

import io.daybook.broker.config.ConfigKey;
import io.daybook.broker.config.GroupConfigKeys;
import io.daybook.broker.group.MemberTimers.Kind;
import io.daybook.metadata.ConfigResource;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that the members of consumer-protocol groups do in time what they must do, and has those removed that do not.
 * Owned by the coordinator's shard.
 */
final class ConsumerSessions {
    private static final Logger log = LoggerFactory.getLogger(ConsumerSessions.class);

    private final GroupContext context;
    private final BiConsumer<ConsumerGroup, ConsumerMember> expired;

    /** {@code expired} takes a member out of its group. */
    ConsumerSessions(GroupContext context, BiConsumer<ConsumerGroup, ConsumerMember> expired) {
        this.context = context;
        this.expired = expired;
    }

    /** After a restart: everybody has the full time again. */
    void resume(ConsumerGroup group) {
        for (ConsumerMember member : group.members()) {
            keepAlive(group, member);
            watchRevocation(group, member);
        }
    }

    /** The member has the session's time from now to say something. */
    void keepAlive(ConsumerGroup group, ConsumerMember member) {
        int timeoutMs = member.metadata()
                .classicMember()
                .map(ConsumerMemberMetadata.ClassicMemberMetadata::sessionTimeoutMs)
                .orElseGet(() -> sessionTimeoutMs(group.groupId()));
        set(Kind.SESSION, group, member, timeoutMs);
    }

    /** A member that must give up partitions has its rebalance timeout to do it. Classic members have their own timers. */
    void watchRevocation(ConsumerGroup group, ConsumerMember member) {
        boolean revokes = member.state() == ConsumerMemberState.UNREVOKED_PARTITIONS && !member.usesClassicProtocol();
        if (!revokes) {
            group.timers().cancel(Kind.REVOCATION, member.memberId());
            return;
        }
        String groupId = group.groupId();
        int memberEpoch = member.memberEpoch();
        group.timers()
                .set(
                        Kind.REVOCATION,
                        member.memberId(),
                        context.coordinator()
                                .schedule(member.metadata().rebalanceTimeoutMs(), () -> find(groupId, member.memberId())
                                        .filter(each -> each.memberEpoch() == memberEpoch)
                                        .ifPresent(each -> expire(Kind.REVOCATION, groupId, each))));
    }

    /** A classic member that was told to has its rebalance timeout to join again, counted from the first time. */
    void watchJoin(ConsumerGroup group, ConsumerMember member) {
        if (!group.timers().isSet(Kind.JOIN, member.memberId())) {
            set(Kind.JOIN, group, member, member.metadata().rebalanceTimeoutMs());
        }
    }

    /** A classic member that has joined has its rebalance timeout to ask for its assignment. */
    void watchSync(ConsumerGroup group, ConsumerMember member) {
        group.timers().cancel(Kind.JOIN, member.memberId());
        set(Kind.SYNC, group, member, member.metadata().rebalanceTimeoutMs());
    }

    /** A classic member has asked for its assignment. */
    void synced(ConsumerGroup group, ConsumerMember member) {
        group.timers().cancel(Kind.SYNC, member.memberId());
    }

    private void set(Kind kind, ConsumerGroup group, ConsumerMember member, int timeoutMs) {
        String groupId = group.groupId();
        String memberId = member.memberId();
        group.timers().set(kind, memberId, context.coordinator().schedule(timeoutMs, () -> find(groupId, memberId)
                .ifPresent(each -> expire(kind, groupId, each))));
    }

    private void expire(Kind kind, String groupId, ConsumerMember member) {
        log.atInfo()
                .addKeyValue("group", groupId)
                .addKeyValue("member", member.memberId())
                .addKeyValue("waitedFor", kind)
                .log("member did not answer in time and is removed");
        context.state().findConsumer(groupId).ifPresent(group -> expired.accept(group, member));
    }

    private Optional<ConsumerMember> find(String groupId, String memberId) {
        return context.state().findConsumer(groupId).flatMap(group -> group.member(memberId));
    }

    int heartbeatIntervalMs(String groupId) {
        return setting(
                groupId,
                GroupConfigKeys.CONSUMER_HEARTBEAT_INTERVAL_MS,
                context.config().get().consumer().heartbeatIntervalMs());
    }

    private int sessionTimeoutMs(String groupId) {
        return setting(
                groupId,
                GroupConfigKeys.CONSUMER_SESSION_TIMEOUT_MS,
                context.config().get().consumer().sessionTimeoutMs());
    }

    /** What is configured for the group, else for the broker. Values are checked before they get into the metadata. */
    private int setting(String groupId, ConfigKey<Integer> key, int ofBroker) {
        String ofGroup =
                context.metadata().get().configs(ConfigResource.group(groupId)).get(key.name());
        return ofGroup == null ? ofBroker : Integer.parseInt(ofGroup);
    }
}
