package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicIdPartition;
import io.daybook.broker.partition.LogDirs;
import io.daybook.log.LogDirState;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.DescribeLogDirsRequestData;
import io.daybook.protocol.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import io.daybook.protocol.message.DescribeLogDirsResponseData;
import io.daybook.protocol.message.DescribeLogDirsResponseData.DescribeLogDirsPartition;
import io.daybook.protocol.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import io.daybook.protocol.message.DescribeLogDirsResponseData.DescribeLogDirsTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** DescribeLogDirs: the drives, how full they are, and which partitions lie where. */
public final class DescribeLogDirsHandler
        implements ApiHandler<DescribeLogDirsRequestData, DescribeLogDirsResponseData> {
    private final LogDirs logDirs;

    /** Asks these. */
    public DescribeLogDirsHandler(LogDirs logDirs) {
        this.logDirs = logDirs;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.DESCRIBE_LOG_DIRS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(1, 5);
    }

    @Override
    public void handle(ApiCall<DescribeLogDirsRequestData, DescribeLogDirsResponseData> call) {
        Map<String, Set<Integer>> wanted = wantedBy(call.request());
        boolean isAll = call.request().topics() == null;
        call.replyWith(logDirs.describe().thenApply(states -> {
            List<DescribeLogDirsResult> results = new ArrayList<>();
            for (LogDirState each : states) {
                results.add(resultOf(each, isAll, wanted));
            }
            return new DescribeLogDirsResponseData().setResults(results);
        }));
    }

    @Override
    public DescribeLogDirsResponseData errorResponse(
            DescribeLogDirsRequestData request, short version, ErrorCode code, @Nullable String message) {
        return new DescribeLogDirsResponseData().setErrorCode(code.code());
    }

    private static Map<String, Set<Integer>> wantedBy(DescribeLogDirsRequestData request) {
        Map<String, Set<Integer>> wanted = new HashMap<>();
        List<DescribableLogDirTopic> topics = request.topics();
        if (topics != null) {
            for (DescribableLogDirTopic topic : topics) {
                wanted.computeIfAbsent(topic.topic(), name -> new HashSet<>()).addAll(topic.partitions());
            }
        }
        return wanted;
    }

    private static DescribeLogDirsResult resultOf(LogDirState dir, boolean isAll, Map<String, Set<Integer>> wanted) {
        Map<String, List<DescribeLogDirsPartition>> byTopic = new TreeMap<>();
        dir.partitionBytes().forEach((id, sizeBytes) -> {
            if (isAll || isWanted(id, wanted)) {
                byTopic.computeIfAbsent(id.topic(), name -> new ArrayList<>())
                        .add(new DescribeLogDirsPartition()
                                .setPartitionIndex(id.partition())
                                .setPartitionSize(sizeBytes));
            }
        });
        List<DescribeLogDirsTopic> topics = new ArrayList<>();
        byTopic.forEach((name, partitions) ->
                topics.add(new DescribeLogDirsTopic().setName(name).setPartitions(partitions)));
        return new DescribeLogDirsResult()
                .setErrorCode((dir.online() ? ErrorCode.NONE : ErrorCode.KAFKA_STORAGE_ERROR).code())
                .setLogDir(dir.path().toString())
                .setTotalBytes(dir.totalBytes())
                .setUsableBytes(dir.usableBytes())
                .setTopics(topics);
    }

    private static boolean isWanted(TopicIdPartition id, Map<String, Set<Integer>> wanted) {
        return wanted.getOrDefault(id.topic(), Set.of()).contains(id.partition());
    }
}
