package io.daybook.broker.group;

import io.daybook.base.Uuid;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What happens in groups of the consumer protocol, as a script writes it. */
final class ConsumerScriptText {
    private ConsumerScriptText() {}

    static String of(ConsumerGroupRecord record) {
        if (record instanceof ConsumerGroupRecord.GroupEpoch) {
            return "epoch " + record.groupId() + "=" + ((ConsumerGroupRecord.GroupEpoch) record).groupEpoch();
        }
        if (record instanceof ConsumerGroupRecord.MemberStored) {
            ConsumerGroupRecord.MemberStored stored = (ConsumerGroupRecord.MemberStored) record;
            return "member " + stored.memberId() + of(stored.metadata());
        }
        if (record instanceof ConsumerGroupRecord.TargetEpoch) {
            return "target-epoch " + record.groupId() + "="
                    + ((ConsumerGroupRecord.TargetEpoch) record).assignmentEpoch();
        }
        if (record instanceof ConsumerGroupRecord.TargetMember) {
            ConsumerGroupRecord.TargetMember target = (ConsumerGroupRecord.TargetMember) record;
            return "target " + target.memberId() + " " + of(target.partitions());
        }
        if (record instanceof ConsumerGroupRecord.CurrentAssignment) {
            ConsumerGroupRecord.CurrentAssignment current = (ConsumerGroupRecord.CurrentAssignment) record;
            return "current " + current.memberId() + of(current.assignment());
        }
        if (record instanceof ConsumerGroupRecord.RegexResolved) {
            ConsumerGroupRecord.RegexResolved resolved = (ConsumerGroupRecord.RegexResolved) record;
            return "regex " + resolved.regex() + " " + resolved.topics();
        }
        return gone(record);
    }

    private static String gone(ConsumerGroupRecord record) {
        if (record instanceof ConsumerGroupRecord.MemberRemoved) {
            return "member " + ((ConsumerGroupRecord.MemberRemoved) record).memberId() + " gone";
        }
        if (record instanceof ConsumerGroupRecord.TargetMemberRemoved) {
            return "target " + ((ConsumerGroupRecord.TargetMemberRemoved) record).memberId() + " gone";
        }
        if (record instanceof ConsumerGroupRecord.CurrentAssignmentRemoved) {
            return "current " + ((ConsumerGroupRecord.CurrentAssignmentRemoved) record).memberId() + " gone";
        }
        if (record instanceof ConsumerGroupRecord.RegexRemoved) {
            return "regex " + ((ConsumerGroupRecord.RegexRemoved) record).regex() + " gone";
        }
        return (record instanceof ConsumerGroupRecord.GroupRemoved ? "epoch " : "target-epoch ") + record.groupId()
                + " gone";
    }

    private static String of(ConsumerMemberMetadata metadata) {
        return " topics=" + String.join(",", metadata.subscribedTopics())
                + (metadata.subscribedRegex().isEmpty() ? "" : " regex=" + metadata.subscribedRegex())
                + (metadata.instanceId().isEmpty() ? "" : " instance=" + metadata.instanceId())
                + (metadata.serverAssignor().isEmpty() ? "" : " assignor=" + metadata.serverAssignor())
                + (metadata.classicMember().isPresent() ? " classic" : "");
    }

    private static String of(ConsumerMemberAssignment assignment) {
        Map<Uuid, Set<Integer>> revoking = new TreeMap<>();
        assignment.pendingRevocation().forEach((topicId, epochs) -> revoking.put(topicId, epochs.keySet()));
        return " epoch=" + assignment.previousMemberEpoch() + ">" + assignment.memberEpoch() + " "
                + ConsumerMemberState.of(assignment.state()) + " " + of(assignment.partitions())
                + (revoking.isEmpty() ? "" : " revoking " + of(revoking));
    }

    /** Topics are written by their identities; the script gives them their names. */
    static String of(Map<Uuid, Set<Integer>> partitions) {
        return partitions.isEmpty()
                ? "none"
                : partitions.entrySet().stream()
                        .map(each -> each.getKey() + new TreeSet<>(each.getValue()).toString())
                        .collect(Collectors.joining(","))
                        .replace(" ", "");
    }

    static String of(ConsumerHeartbeatResult result) {
        if (!result.code().isNone()) {
            return result.code() + (result.message().isEmpty() ? "" : " " + result.message());
        }
        return "member=" + result.memberId() + " epoch=" + result.memberEpoch()
                + result.assignment().map(each -> " assignment=" + of(each)).orElse("");
    }

    static String of(ConsumerGroupDescription description) {
        if (!description.code().isNone()) {
            return description.code() + " " + description.message();
        }
        return description.stateName() + " epoch=" + description.groupEpoch() + " assigned="
                + description.assignmentEpoch()
                + " assignor=" + description.assignorName()
                + description.members().stream()
                        .map(member -> " " + member.memberId() + "@" + member.memberEpoch()
                                + (member.metadata().classicMember().isPresent() ? "(classic)" : "")
                                + ":" + of(member.assigned()) + "/" + of(member.target()))
                        .collect(Collectors.joining());
    }

    /** All that is durable about a group. */
    static String durable(ConsumerGroup group) {
        StringBuilder text = new StringBuilder(" epoch=" + group.groupEpoch() + " hash=" + group.metadataHash()
                + " assigned=" + group.assignmentEpoch() + " regexes=" + group.topicsByRegex());
        for (ConsumerMember member : group.members()) {
            text.append("\n  ").append(member).append(" target=").append(of(group.target(member.memberId())));
        }
        return text.toString();
    }
}
