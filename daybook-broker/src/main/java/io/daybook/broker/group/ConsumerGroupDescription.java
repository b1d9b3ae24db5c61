package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A group of the consumer protocol, for an administrator.
 *
 * @param code whether there is one; on an error nothing else but the message says anything
 * @param message why not; empty if the code says it all
 * @param groupEpoch counts changes of the group
 * @param assignmentEpoch the group epoch for which the target assignment was computed
 * @param members in the order of their identities
 */
public record ConsumerGroupDescription(
        ErrorCode code,
        String message,
        String groupId,
        String stateName,
        int groupEpoch,
        int assignmentEpoch,
        String assignorName,
        List<Member> members) {
    public ConsumerGroupDescription {
        members = List.copyOf(members);
    }

    static ConsumerGroupDescription failed(String groupId, ErrorCode code, String message) {
        return new ConsumerGroupDescription(code, message, groupId, "", 0, 0, "", List.of());
    }

    static ConsumerGroupDescription of(ConsumerGroup group, GroupConfig.Consumer config) {
        List<Member> members = group.members().stream()
                .map(member -> new Member(
                        member.memberId(),
                        member.memberEpoch(),
                        member.metadata(),
                        member.assignment().partitions(),
                        group.target(member.memberId())))
                .toList();
        return new ConsumerGroupDescription(
                ErrorCode.NONE,
                "",
                group.groupId(),
                group.stateName(),
                group.groupEpoch(),
                group.assignmentEpoch(),
                GroupDraft.assignorName(group.members(), config),
                members);
    }

    /**
     * A member.
     *
     * @param assigned what it may consume now
     * @param target what it is to have
     */
    public record Member(
            String memberId,
            int memberEpoch,
            ConsumerMemberMetadata metadata,
            Map<Uuid, Set<Integer>> assigned,
            Map<Uuid, Set<Integer>> target) {}
}
