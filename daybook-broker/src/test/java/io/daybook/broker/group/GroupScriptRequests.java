package io.daybook.broker.group;

import io.daybook.base.TopicIdPartition;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.broker.group.GroupScript.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The requests of a script; {@code group} is {@code g} unless it is given.
 *
 * <pre>
 * join client member instance session rebalance type protocols topics version=old
 * sync member instance generation type protocol assign=MEMBER:TEXT,...
 * heartbeat member instance generation
 * leave members=MEMBER,... | instances=NAME,...
 * commit member instance generation offsets=TOPIC-N:OFFSET,... metadata retention version=old
 * fetch offsets=TOPIC-N,...     (all, if not given)
 * delete-offsets offsets=TOPIC-N,...
 * delete | list | describe
 * </pre>
 *
 * Those of the consumer protocol: see {@link ConsumerScriptRequests}.
 */
final class GroupScriptRequests {
    private final GroupScript script;
    private final ConsumerScriptRequests consumers;

    GroupScriptRequests(GroupScript script) {
        this.script = script;
        this.consumers = new ConsumerScriptRequests(script);
    }

    void send(String label, Step step) {
        switch (step.verb()) {
            case "join" -> script.expect(label, script.service.join(join(step)), GroupScriptText::of);
            case "sync" -> script.expect(label, script.service.sync(sync(step)), GroupScriptText::of);
            case "heartbeat" ->
                script.expect(
                        label,
                        script.service.heartbeat(new HeartbeatRequest(
                                group(step), step.number("generation", 1), step.text("member", ""), instance(step))),
                        Enum::name);
            case "leave" -> script.expect(label, script.service.leave(leave(step)), GroupScriptText::of);
            case "commit" -> script.expect(label, script.service.commitOffsets(commit(step)), GroupScriptText::of);
            case "fetch" -> script.expect(label, script.service.fetchOffsets(fetch(step)), GroupScriptText::of);
            case "delete-offsets" ->
                script.expect(label, script.service.deleteOffsets(group(step), partitions(step)), GroupScriptText::of);
            case "delete" -> script.expect(label, script.service.deleteGroup(group(step)), Enum::name);
            case "list" -> script.expect(label, script.service.list(), GroupScriptText::of);
            case "describe" -> script.expect(label, script.service.describeClassic(group(step)), GroupScriptText::of);
            default -> consumers.send(label, step);
        }
    }

    private static String group(Step step) {
        return step.text("group", "g");
    }

    private static String instance(Step step) {
        return step.text("instance", "");
    }

    private static JoinRequest join(Step step) {
        List<ClassicProtocol> protocols = new ArrayList<>();
        OpaqueBytes subscription = GroupScriptText.subscription(step.list("topics", "t"));
        for (String name : step.list("protocols", "range")) {
            protocols.add(new ClassicProtocol(name, subscription));
        }
        boolean current = !step.has("version");
        return new JoinRequest(
                group(step),
                step.text("member", ""),
                instance(step),
                new GroupClient(step.text("client", "c"), "/127.0.0.1"),
                step.number("rebalance", 60_000),
                step.number("session", 10_000),
                step.text("type", "consumer"),
                protocols,
                current,
                current);
    }

    private static SyncRequest sync(Step step) {
        Map<String, OpaqueBytes> assignments = new HashMap<>();
        for (String each : step.list("assign", "")) {
            String[] parts = each.split(":");
            assignments.put(
                    CountingRandom.lengthen(parts[0]), OpaqueBytes.copyOf(parts[1].getBytes(StandardCharsets.UTF_8)));
        }
        return new SyncRequest(
                group(step),
                step.number("generation", 1),
                step.text("member", ""),
                instance(step),
                step.text("type", ""),
                step.text("protocol", ""),
                assignments);
    }

    private static LeaveRequest leave(Step step) {
        List<LeaveRequest.Leaver> leavers = new ArrayList<>();
        for (String member : step.list("members", "")) {
            leavers.add(new LeaveRequest.Leaver(CountingRandom.lengthen(member), ""));
        }
        for (String instance : step.list("instances", "")) {
            leavers.add(new LeaveRequest.Leaver("", instance));
        }
        return new LeaveRequest(group(step), leavers);
    }

    private static OffsetCommitRequest commit(Step step) {
        Map<TopicPartition, OffsetCommitRequest.Entry> offsets = new LinkedHashMap<>();
        for (String each : step.list("offsets", "")) {
            String[] parts = each.split(":");
            offsets.put(
                    partition(parts[0]),
                    new OffsetCommitRequest.Entry(
                            Long.parseLong(parts[1]),
                            CommittedOffset.NO_LEADER_EPOCH,
                            step.text("metadata", ""),
                            Uuid.ZERO));
        }
        OffsetCommitter committer = new OffsetCommitter(
                step.text("member", ""), instance(step), step.number("generation", -1), !step.has("version"), false);
        return new OffsetCommitRequest(group(step), committer, step.number("retention", -1), offsets);
    }

    private static OffsetFetchRequest fetch(Step step) {
        List<TopicIdPartition> partitions = new ArrayList<>();
        partitions(step).forEach(each -> partitions.add(new TopicIdPartition(Uuid.ZERO, each)));
        return new OffsetFetchRequest(
                group(step),
                step.text("member", ""),
                step.number("epoch", -1),
                step.has("offsets") ? Optional.of(partitions) : Optional.empty());
    }

    private static List<TopicPartition> partitions(Step step) {
        List<TopicPartition> partitions = new ArrayList<>();
        step.list("offsets", "").forEach(each -> partitions.add(partition(each)));
        return partitions;
    }

    private static TopicPartition partition(String text) {
        int dash = text.lastIndexOf('-');
        return new TopicPartition(text.substring(0, dash), Integer.parseInt(text.substring(dash + 1)));
    }
}
