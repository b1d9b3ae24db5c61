package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.broker.group.ConsumerGroupDescription;
import io.daybook.broker.group.ConsumerMemberMetadata;
import io.daybook.broker.group.GroupService;
import io.daybook.metadata.MetadataImage;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ConsumerGroupDescribeRequestData;
import io.daybook.protocol.message.ConsumerGroupDescribeResponseData;
import io.daybook.protocol.message.ConsumerGroupDescribeResponseData.Assignment;
import io.daybook.protocol.message.ConsumerGroupDescribeResponseData.DescribedGroup;
import io.daybook.protocol.message.ConsumerGroupDescribeResponseData.Member;
import io.daybook.protocol.message.ConsumerGroupDescribeResponseData.TopicPartitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** ConsumerGroupDescribe: groups of the consumer protocol, as administrators see them. */
public final class ConsumerGroupDescribeHandler
        implements ApiHandler<ConsumerGroupDescribeRequestData, ConsumerGroupDescribeResponseData> {
    private static final byte CLASSIC_MEMBER = 0;
    private static final byte CONSUMER_MEMBER = 1;

    private final GroupService groups;
    private final Supplier<MetadataImage> metadata;

    /** Describes these. */
    public ConsumerGroupDescribeHandler(GroupService groups, Supplier<MetadataImage> metadata) {
        this.groups = groups;
        this.metadata = metadata;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.CONSUMER_GROUP_DESCRIBE;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 1);
    }

    @Override
    public void handle(ApiCall<ConsumerGroupDescribeRequestData, ConsumerGroupDescribeResponseData> call) {
        boolean asksForOperations = call.request().includeAuthorizedOperations();
        List<CompletableFuture<DescribedGroup>> all = new ArrayList<>();
        for (String groupId : call.request().groupIds()) {
            all.add(describe(groupId, asksForOperations));
        }
        call.replyWith(
                Futures.all(all).thenApply(described -> new ConsumerGroupDescribeResponseData().setGroups(described)));
    }

    @Override
    public ConsumerGroupDescribeResponseData errorResponse(
            ConsumerGroupDescribeRequestData request, short version, ErrorCode code, @Nullable String message) {
        List<DescribedGroup> described = new ArrayList<>();
        for (String groupId : request.groupIds()) {
            described.add(new DescribedGroup()
                    .setGroupId(groupId)
                    .setErrorCode(code.code())
                    .setErrorMessage(message));
        }
        return new ConsumerGroupDescribeResponseData().setGroups(described);
    }

    private CompletableFuture<DescribedGroup> describe(String groupId, boolean asksForOperations) {
        if (groupId.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new DescribedGroup().setGroupId(groupId).setErrorCode(ErrorCode.INVALID_GROUP_ID.code()));
        }
        return groups.describeConsumer(groupId).thenApply(description -> {
            DescribedGroup described = described(description, metadata.get());
            return description.code().isNone()
                    ? described.setAuthorizedOperations(GroupOperations.allowed(asksForOperations))
                    : described;
        });
    }

    private static DescribedGroup described(ConsumerGroupDescription description, MetadataImage metadata) {
        List<Member> members = new ArrayList<>();
        for (ConsumerGroupDescription.Member member : description.members()) {
            members.add(described(member, metadata));
        }
        return new DescribedGroup()
                .setErrorCode(description.code().code())
                .setErrorMessage(Absent.nullIfEmpty(description.message()))
                .setGroupId(description.groupId())
                .setGroupState(description.stateName())
                .setGroupEpoch(description.groupEpoch())
                .setAssignmentEpoch(description.assignmentEpoch())
                .setAssignorName(description.assignorName())
                .setMembers(members);
    }

    private static Member described(ConsumerGroupDescription.Member member, MetadataImage metadata) {
        ConsumerMemberMetadata said = member.metadata();
        return new Member()
                .setMemberId(member.memberId())
                .setInstanceId(Absent.nullIfEmpty(said.instanceId()))
                .setRackId(Absent.nullIfEmpty(said.rackId()))
                .setMemberEpoch(member.memberEpoch())
                .setClientId(said.client().clientId())
                .setClientHost(said.client().clientHost())
                .setSubscribedTopicNames(said.subscribedTopics())
                .setSubscribedTopicRegex(Absent.nullIfEmpty(said.subscribedRegex()))
                .setAssignment(assignment(member.assigned(), metadata))
                .setTargetAssignment(assignment(member.target(), metadata))
                .setMemberType(said.classicMember().isPresent() ? CLASSIC_MEMBER : CONSUMER_MEMBER);
    }

    /** Topics that are gone are left out. */
    private static Assignment assignment(Map<Uuid, Set<Integer>> partitions, MetadataImage metadata) {
        List<TopicPartitions> topics = new ArrayList<>();
        partitions.forEach((topicId, numbers) -> metadata.topic(topicId)
                .ifPresent(topic -> topics.add(new TopicPartitions()
                        .setTopicId(topicId)
                        .setTopicName(topic.name())
                        .setPartitions(List.copyOf(numbers)))));
        return new Assignment().setTopicPartitions(topics);
    }
}
