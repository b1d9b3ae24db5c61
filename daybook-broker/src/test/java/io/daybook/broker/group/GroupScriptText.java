package io.daybook.broker.group;

import io.daybook.base.wire.WireReader;
import io.daybook.broker.group.record.ConsumerProtocolAssignment;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What happens, as a script writes it. */
final class GroupScriptText {
    private GroupScriptText() {}

    static String of(GroupRecord record) {
        if (record instanceof OffsetRecord.Committed) {
            OffsetRecord.Committed committed = (OffsetRecord.Committed) record;
            return "offset " + record.groupId() + " " + committed.topicPartition() + "=" + of(committed.offset());
        }
        if (record instanceof OffsetRecord.Removed) {
            return "offset " + record.groupId() + " " + ((OffsetRecord) record).topicPartition() + " gone";
        }
        if (record instanceof ClassicGroupRecord.Stored) {
            return "group " + record.groupId() + " " + of(((ClassicGroupRecord.Stored) record).metadata());
        }
        if (record instanceof ConsumerGroupRecord) {
            return ConsumerScriptText.of((ConsumerGroupRecord) record);
        }
        return record instanceof ClassicGroupRecord.Removed ? "group " + record.groupId() + " gone" : record.toString();
    }

    static String of(ClassicGroupMetadata metadata) {
        return "generation=" + metadata.generationId()
                + argument("type", metadata.protocolType())
                + argument("protocol", metadata.protocolName())
                + argument("leader", metadata.leaderId())
                + argument("members", members(metadata.members()));
    }

    private static String members(List<ClassicGroupMetadata.Member> members) {
        return members.stream()
                .map(each -> each.memberId() + ":" + text(each.assignment()))
                .collect(Collectors.joining(","));
    }

    static String of(JoinResult result) {
        if (!result.code().isNone()) {
            return result.code() + argument("member", result.memberId());
        }
        return "generation=" + result.generationId()
                + argument("protocol", result.protocolName())
                + argument("leader", result.leaderId())
                + argument("member", result.memberId())
                + argument(
                        "members",
                        result.members().stream()
                                .map(each -> each.memberId() + topics(each.metadata()))
                                .collect(Collectors.joining(",")))
                + (result.skipAssignment() ? " skip-assignment" : "");
    }

    static String of(SyncResult result) {
        return result.code().isNone()
                ? "protocol=" + result.protocolName() + " assignment=" + text(result.assignment())
                : result.code().name();
    }

    static String of(LeaveResult result) {
        return result.members().stream()
                .map(each -> each.memberId() + each.instanceId() + "=" + each.code())
                .collect(Collectors.joining(" "));
    }

    static String of(OffsetCommitResult result) {
        return result.code()
                + new TreeMap<>(result.refused())
                        .entrySet().stream()
                                .map(each -> argument(
                                        each.getKey().toString(),
                                        each.getValue().name()))
                                .collect(Collectors.joining());
    }

    static String of(OffsetFetchResult result) {
        return result.code()
                + result.offsets().entrySet().stream()
                        .map(each -> argument(each.getKey().toString(), of(each.getValue())))
                        .collect(Collectors.joining());
    }

    static String of(OffsetDeleteResult result) {
        return result.code()
                + new TreeMap<>(result.partitions())
                        .entrySet().stream()
                                .map(each -> argument(
                                        each.getKey().toString(),
                                        each.getValue().name()))
                                .collect(Collectors.joining());
    }

    static String of(GroupListings listings) {
        return listings.code()
                + listings.groups().stream()
                        .map(each -> " " + each.groupId() + "(" + each.protocolType() + "," + each.stateName() + ","
                                + each.type().label() + ")")
                        .collect(Collectors.joining());
    }

    static String of(ClassicGroupDescription description) {
        return description.code() + " " + description.stateName()
                + argument("type", description.protocolType())
                + argument("protocol", description.protocolName())
                + argument("members", members(description.members()));
    }

    private static String of(CommittedOffset offset) {
        return offset.offset() + (offset.metadata().isEmpty() ? "" : "(" + offset.metadata() + ")");
    }

    private static String argument(String key, String value) {
        return value.isEmpty() ? "" : " " + key + "=" + value;
    }

    /** Assignments are text where a script made them, and as consumers write them where the coordinator did. */
    private static String text(OpaqueBytes bytes) {
        if (bytes.sizeBytes() > Short.BYTES && bytes.buffer().get(0) == 0) {
            WireReader reader = new WireReader(bytes.buffer());
            return new ConsumerProtocolAssignment(reader, reader.readInt16())
                    .assignedPartitions().stream()
                            .map(topic -> topic.topic() + topic.partitions())
                            .collect(Collectors.joining(","))
                            .replace(" ", "");
        }
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    private static String topics(OpaqueBytes subscription) {
        return ClassicSubscription.topics(subscription).map(Object::toString).orElse("[?]");
    }

    /** A subscription as consumers write it. */
    static OpaqueBytes subscription(List<String> topics) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                ByteBuffer.allocate(6).putShort((short) 0).putInt(topics.size()).array());
        for (String topic : topics) {
            byte[] name = topic.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(ByteBuffer.allocate(2).putShort((short) name.length).array());
            out.writeBytes(name);
        }
        out.writeBytes(new byte[] {-1, -1, -1, -1});
        return OpaqueBytes.copyOf(out.toByteArray());
    }

    /** What a restart must find again. Groups in whose midst a rebalance is going on (here or there) are left out. */
    static String durable(GroupState state, GroupState other) {
        StringBuilder text = new StringBuilder();
        for (Group group : state.groups()) {
            text.append(group.groupId()).append(' ').append(group.type().label());
            Optional<ClassicGroup> classic = state.findClassic(group.groupId());
            boolean settled = isSettled(state, group.groupId()) && isSettled(other, group.groupId());
            if (classic.isPresent() && settled) {
                text.append(' ').append(classic.get().state()).append(' ');
                text.append(classic.get().stored(ClassicMember::assignment, 0));
            }
            state.findConsumer(group.groupId())
                    .ifPresent(consumers -> text.append(ConsumerScriptText.durable(consumers)));
            text.append(' ').append(state.offsets().of(group.groupId())).append('\n');
        }
        return text.toString();
    }

    private static boolean isSettled(GroupState state, String groupId) {
        return state.findClassic(groupId)
                .map(group -> group.state() == ClassicState.STABLE || group.state() == ClassicState.EMPTY)
                .orElse(true);
    }
}
