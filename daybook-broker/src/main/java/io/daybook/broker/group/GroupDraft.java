package io.daybook.broker.group;

import io.daybook.base.Uuid;
import io.daybook.broker.group.assignor.AssignmentTask;
import io.daybook.broker.group.assignor.PartitionAssignor;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.TopicImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A change of a consumer-protocol group in the making: what one request brings about, as records that become one batch.
 * The group itself does not change before they are in the log.
 */
final class GroupDraft {
    /** Topics can come and go by the hundred; regular expressions are held against them this often at most. */
    private static final long REGEX_MIN_INTERVAL_MS = 1_000;

    private final GroupContext context;
    private final ConsumerGroup group;
    private final MetadataImage metadata;
    private final List<GroupRecord> records = new ArrayList<>();
    /** The members after the change. */
    private final TreeMap<String, ConsumerMember> members = new TreeMap<>();

    private final Map<String, List<String>> topicsByRegex;
    private final Map<String, Map<Uuid, Set<Integer>>> newTargets = new HashMap<>();
    private int groupEpoch;
    private int assignmentEpoch;
    private boolean checked;

    GroupDraft(GroupContext context, ConsumerGroup group) {
        this.context = context;
        this.group = group;
        this.metadata = context.metadata().get();
        group.members().forEach(member -> members.put(member.memberId(), member));
        this.topicsByRegex = new TreeMap<>(group.topicsByRegex());
        this.groupEpoch = group.groupEpoch();
        this.assignmentEpoch = group.assignmentEpoch();
    }

    /** One batch, in this order. */
    List<GroupRecord> records() {
        return records;
    }

    /** A member comes, or says something new about itself. */
    void put(ConsumerMember member) {
        ConsumerMember former = members.put(member.memberId(), member);
        boolean isNew = former == null;
        ConsumerMemberMetadata before = isNew ? ConsumerMember.NO_METADATA : former.metadata();
        ConsumerMemberMetadata after = member.metadata();
        if (isNew || !before.equals(after)) {
            records.add(new ConsumerGroupRecord.MemberStored(group.groupId(), member.memberId(), after));
        }
        boolean subscribesAnew = !after.subscribedTopics().equals(before.subscribedTopics())
                || !after.subscribedRegex().equals(before.subscribedRegex());
        forgetUnusedRegexes();
        resolveRegexes();
        updateEpoch(isNew || subscribesAnew);
    }

    /** Members go. */
    void remove(Set<String> memberIds) {
        for (String memberId : memberIds) {
            members.remove(memberId);
            records.addAll(group.tombstones(memberId));
        }
        forgetUnusedRegexes();
        updateEpoch(true);
    }

    private void forgetUnusedRegexes() {
        if (topicsByRegex.isEmpty()) {
            return;
        }
        Set<String> used = new HashSet<>();
        members.values().forEach(member -> used.add(member.metadata().subscribedRegex()));
        for (String regex : new TreeSet<>(topicsByRegex.keySet())) {
            if (!used.contains(regex)) {
                topicsByRegex.remove(regex);
                records.add(new ConsumerGroupRecord.RegexRemoved(group.groupId(), regex));
            }
        }
    }

    private void resolveRegexes() {
        boolean due = !group.hasChecked(metadata.topics())
                && context.nowMs() - group.topicsCheckedMs() >= REGEX_MIN_INTERVAL_MS;
        Set<String> used = new TreeSet<>();
        members.values().stream()
                .filter(ConsumerMember::subscribesByRegex)
                .forEach(member -> used.add(member.metadata().subscribedRegex()));
        checked = due || used.isEmpty();
        for (String regex : used) {
            List<String> known = topicsByRegex.get(regex);
            if (known == null || due) {
                List<String> topics = TopicSubscriptions.resolve(regex, metadata);
                if (!topics.equals(known)) {
                    topicsByRegex.put(regex, topics);
                    records.add(new ConsumerGroupRecord.RegexResolved(
                            group.groupId(), regex, topics, metadata.version(), context.nowMs()));
                }
            }
        }
    }

    private void updateEpoch(boolean changed) {
        if (!changed && group.hasChecked(metadata.topics())) {
            return;
        }
        long hash = new TopicSubscriptions(metadata, members.values(), topicsByRegex).metadataHash();
        if (changed || hash != group.metadataHash()) {
            groupEpoch = group.groupEpoch() + 1;
            records.add(new ConsumerGroupRecord.GroupEpoch(group.groupId(), groupEpoch, hash));
        }
    }

    /** Computes the target assignment, if the group has changed since the last one. */
    void assign() {
        if (groupEpoch <= assignmentEpoch) {
            return;
        }
        AssignmentTask task = task();
        Map<String, Map<Uuid, Set<Integer>>> assignments = assignor().assign(task);
        members.keySet().forEach(memberId -> {
            Map<Uuid, Set<Integer>> target = assignments.getOrDefault(memberId, Map.of());
            if (!target.equals(group.target(memberId))) {
                newTargets.put(memberId, target);
                records.add(new ConsumerGroupRecord.TargetMember(group.groupId(), memberId, target));
            }
        });
        assignmentEpoch = groupEpoch;
        records.add(new ConsumerGroupRecord.TargetEpoch(group.groupId(), assignmentEpoch, context.nowMs()));
    }

    private AssignmentTask task() {
        Map<String, Set<Uuid>> topics =
                new TopicSubscriptions(metadata, members.values(), topicsByRegex).topicsByMember();
        Map<String, AssignmentTask.Member> tasks = new HashMap<>();
        Map<Uuid, Integer> partitionCounts = new HashMap<>();
        topics.forEach((memberId, topicIds) -> {
            ConsumerMember member = members.getOrDefault(memberId, ConsumerMember.joining(memberId));
            tasks.put(memberId, new AssignmentTask.Member(member.instanceId(), topicIds, group.target(memberId)));
        });
        topics.values().stream()
                .distinct()
                .forEach(topicIds -> topicIds.forEach(topicId -> metadata.topic(topicId)
                        .ifPresent(topic -> partitionCounts.put(topicId, topic.partitionCount()))));
        return new AssignmentTask(tasks, partitionCounts);
    }

    /** The one that most members ask for; the broker's first if nobody asks. */
    private PartitionAssignor assignor() {
        String name = assignorName(members.values(), context.config().get().consumer());
        return PartitionAssignor.find(name).orElseThrow();
    }

    static String assignorName(Iterable<ConsumerMember> members, GroupConfig.Consumer config) {
        TreeMap<String, Integer> votes = new TreeMap<>();
        for (ConsumerMember member : members) {
            String wanted = member.metadata().serverAssignor();
            if (config.assignors().contains(wanted)) {
                votes.merge(wanted, 1, Integer::sum);
            }
        }
        String chosen = config.assignors().get(0);
        for (String candidate : config.assignors()) {
            if (votes.getOrDefault(candidate, 0) > votes.getOrDefault(chosen, 0)) {
                chosen = candidate;
            }
        }
        return chosen;
    }

    /** The member takes a step towards its target, if it can; {@code owned} is what it says it has. */
    ConsumerMember reconcile(String memberId, Optional<Map<Uuid, Set<Integer>>> owned) {
        ConsumerMember member = members.getOrDefault(memberId, ConsumerMember.joining(memberId));
        Map<Uuid, Set<Integer>> target = newTargets.getOrDefault(memberId, group.target(memberId));
        ConsumerMemberAssignment next =
                new Reconciliation(member, assignmentEpoch, target, group::isFree, owned).next();
        if (next.equals(member.assignment())) {
            return member;
        }
        ConsumerMember stepped = member.with(next);
        members.put(memberId, stepped);
        records.add(new ConsumerGroupRecord.CurrentAssignment(group.groupId(), memberId, next));
        return stepped;
    }

    /** The draft is in the log, and this is the group that came of it. */
    void markChecked(ConsumerGroup result) {
        Iterable<TopicImage> topics = metadata.topics();
        if (checked && !result.hasChecked(topics)) {
            result.markChecked(topics, context.nowMs());
        }
    }
}
