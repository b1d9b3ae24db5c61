package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicIdPartition;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.TopicImage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Decides what becomes of committed offsets, for groups of both protocols. Owned by the coordinator's shard. */
final class GroupOffsets {
    /** Tombstones are appended in batches of this many, far below any limit for the size of a batch. */
    private static final int TOMBSTONES_PER_BATCH = 500;

    private final GroupContext context;

    GroupOffsets(GroupContext context) {
        this.context = context;
    }

    OffsetCommitResult commit(OffsetCommitRequest request) {
        ErrorCode refused = checkCommit(request);
        if (!refused.isNone()) {
            return OffsetCommitResult.failed(refused);
        }
        int maxMetadataBytes = context.config().get().offsetMetadataMaxBytes();
        long nowMs = context.nowMs();
        List<GroupRecord> records = new ArrayList<>(request.offsets().size());
        Map<TopicPartition, ErrorCode> refusedPartitions = new HashMap<>();
        request.offsets().forEach((partition, entry) -> {
            ErrorCode code = entry.metadata().length() > maxMetadataBytes
                    ? ErrorCode.OFFSET_METADATA_TOO_LARGE
                    : checkPartition(request, partition, entry);
            if (!code.isNone()) {
                refusedPartitions.put(partition, code);
            } else {
                records.add(new OffsetRecord.Committed(
                        request.groupId(), partition, committed(entry, nowMs, request.retentionMs())));
            }
        });
        ErrorCode code = context.coordinator().append(records);
        return code.isNone()
                ? new OffsetCommitResult(ErrorCode.NONE, refusedPartitions)
                : OffsetCommitResult.failed(
                        code == ErrorCode.UNKNOWN_SERVER_ERROR ? ErrorCode.INVALID_COMMIT_OFFSET_SIZE : code);
    }

    private ErrorCode checkCommit(OffsetCommitRequest request) {
        OffsetCommitter committer = request.committer();
        Optional<Group> group = context.state().find(request.groupId());
        if (group.isEmpty()) {
            return committer.generationOrEpoch() < 0 ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
        }
        ErrorCode code = group.get().checkOffsetCommit(committer);
        return code == ErrorCode.STALE_MEMBER_EPOCH && !committer.knowsMemberEpochs()
                ? ErrorCode.UNSUPPORTED_VERSION
                : code;
    }

    private ErrorCode checkPartition(
            OffsetCommitRequest request, TopicPartition partition, OffsetCommitRequest.Entry entry) {
        Uuid topicId = entry.topicId().equals(Uuid.ZERO)
                ? context.metadata()
                        .get()
                        .topic(partition.topic())
                        .map(TopicImage::id)
                        .orElse(Uuid.ZERO)
                : entry.topicId();
        return context.state()
                .find(request.groupId())
                .map(group -> group.checkOffsetCommit(request.committer(), topicId, partition.partition()))
                .orElse(ErrorCode.NONE);
    }

    private static CommittedOffset committed(OffsetCommitRequest.Entry entry, long nowMs, long retentionMs) {
        long expireTimestampMs =
                retentionMs == OffsetCommitRequest.BROKER_RETENTION ? CommittedOffset.NO_EXPIRY : nowMs + retentionMs;
        return new CommittedOffset(
                entry.offset(), entry.leaderEpoch(), entry.metadata(), nowMs, expireTimestampMs, entry.topicId());
    }

    OffsetFetchResult fetch(OffsetFetchRequest request) {
        Optional<Group> group = context.state().find(request.groupId());
        if (group.isEmpty()) {
            return new OffsetFetchResult(ErrorCode.NONE, Map.of());
        }
        ErrorCode refused = group.get().checkOffsetFetch(request.memberId(), request.memberEpoch());
        if (!refused.isNone()) {
            return OffsetFetchResult.failed(refused);
        }
        OffsetTable offsets = context.state().offsets();
        if (request.partitions().isEmpty()) {
            return new OffsetFetchResult(ErrorCode.NONE, new TreeMap<>(offsets.of(request.groupId())));
        }
        TreeMap<TopicPartition, CommittedOffset> found = new TreeMap<>();
        for (TopicIdPartition partition : request.partitions().get()) {
            offsets.find(request.groupId(), partition.topicPartition())
                    .filter(offset -> !offset.belongsToAnotherTopicThan(partition.topicId()))
                    .ifPresent(offset -> found.put(partition.topicPartition(), offset));
        }
        return new OffsetFetchResult(ErrorCode.NONE, found);
    }

    OffsetDeleteResult delete(String groupId, Collection<TopicPartition> partitions) {
        Optional<Group> existing = context.state().find(groupId);
        ErrorCode refused = existing.map(Group::checkOffsetDelete).orElse(ErrorCode.GROUP_ID_NOT_FOUND);
        if (!refused.isNone()) {
            return OffsetDeleteResult.failed(refused);
        }
        Group group = existing.orElseThrow();
        Map<TopicPartition, ErrorCode> results = new HashMap<>();
        List<GroupRecord> tombstones = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            boolean subscribed = group.isSubscribedTo(partition.topic());
            results.put(partition, subscribed ? ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC : ErrorCode.NONE);
            if (!subscribed
                    && context.state().offsets().find(groupId, partition).isPresent()) {
                tombstones.add(new OffsetRecord.Removed(groupId, partition));
            }
        }
        ErrorCode code = context.coordinator().append(tombstones);
        return code.isNone() ? new OffsetDeleteResult(code, results) : OffsetDeleteResult.failed(code);
    }

    /** The group and its offsets are forgotten. */
    ErrorCode deleteGroup(String groupId) {
        Optional<Group> existing = context.state().find(groupId);
        ErrorCode refused = existing.map(Group::checkDelete).orElse(ErrorCode.GROUP_ID_NOT_FOUND);
        if (!refused.isNone()) {
            return refused;
        }
        List<GroupRecord> tombstones = new ArrayList<>();
        for (TopicPartition partition : context.state().offsets().of(groupId).keySet()) {
            tombstones.add(new OffsetRecord.Removed(groupId, partition));
        }
        tombstones.addAll(existing.orElseThrow().tombstones());
        return appendInBatches(tombstones);
    }

    /** Removes what is older than the retention, and then groups that nothing is left of. */
    ErrorCode expire() {
        long nowMs = context.nowMs();
        List<GroupRecord> tombstones = new ArrayList<>();
        for (Group group : context.state().groups()) {
            boolean nothingLeft = true;
            for (Map.Entry<TopicPartition, CommittedOffset> each :
                    context.state().offsets().of(group.groupId()).entrySet()) {
                if (hasExpired(group, each.getKey(), each.getValue(), nowMs)) {
                    tombstones.add(new OffsetRecord.Removed(group.groupId(), each.getKey()));
                } else {
                    nothingLeft = false;
                }
            }
            if (nothingLeft && group.checkDelete().isNone()) {
                tombstones.addAll(group.tombstones());
            }
        }
        return appendInBatches(tombstones);
    }

    private boolean hasExpired(Group group, TopicPartition partition, CommittedOffset offset, long nowMs) {
        OffsetAge age = group.offsetAge();
        if (age == OffsetAge.IN_USE || group.isSubscribedTo(partition.topic()) && !group.isEmpty()) {
            return false;
        }
        if (offset.expireTimestampMs() != CommittedOffset.NO_EXPIRY) {
            return nowMs >= offset.expireTimestampMs();
        }
        return nowMs - age.sinceMs(offset) >= context.config().get().offsetsRetentionMs();
    }

    /** Offsets of topics that are gone, or that were made anew since, mean nothing. */
    ErrorCode forgetMissingTopics() {
        MetadataImage metadata = context.metadata().get();
        List<GroupRecord> tombstones = new ArrayList<>();
        for (String groupId : context.state().offsets().groupIds()) {
            context.state().offsets().of(groupId).forEach((partition, offset) -> {
                Optional<Uuid> topicId = metadata.topic(partition.topic()).map(TopicImage::id);
                if (topicId.isEmpty() || offset.belongsToAnotherTopicThan(topicId.get())) {
                    tombstones.add(new OffsetRecord.Removed(groupId, partition));
                }
            });
        }
        return appendInBatches(tombstones);
    }

    private ErrorCode appendInBatches(List<GroupRecord> records) {
        for (int from = 0; from < records.size(); from += TOMBSTONES_PER_BATCH) {
            int to = Math.min(from + TOMBSTONES_PER_BATCH, records.size());
            ErrorCode code = context.coordinator().append(List.copyOf(records.subList(from, to)));
            if (!code.isNone()) {
                return code;
            }
        }
        return ErrorCode.NONE;
    }
}
