package io.daybook.cli.client;

import io.daybook.base.ErrorCode;
import io.daybook.protocol.message.DescribeLogDirsRequestData;
import io.daybook.protocol.message.DescribeLogDirsResponseData;
import io.daybook.protocol.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import java.util.List;

/**
 * The directories of one broker.
 *
 * @param dirs as the broker describes them
 */
public record LogDirs(List<DescribeLogDirsResult> dirs) {
    /** Makes the list unmodifiable. */
    public LogDirs {
        dirs = List.copyOf(dirs);
    }

    /** Asks a broker. */
    public static LogDirs of(ClusterClient client, int brokerId) {
        DescribeLogDirsRequestData request = new DescribeLogDirsRequestData().setTopics(null);
        return new LogDirs(client.call(brokerId, request, new DescribeLogDirsResponseData())
                .results());
    }

    /** The size of all partitions. */
    public long sizeBytes() {
        return dirs.stream()
                .flatMap(dir -> dir.topics().stream())
                .flatMap(topic -> topic.partitions().stream())
                .mapToLong(each -> each.partitionSize())
                .sum();
    }

    /** What is free on the drives; a file system under several directories counts for each. */
    public long usableBytes() {
        return dirs.stream().mapToLong(each -> Math.max(0, each.usableBytes())).sum();
    }

    /** The directories that have failed. */
    public List<DescribeLogDirsResult> failed() {
        return dirs.stream()
                .filter(each -> each.errorCode() != ErrorCode.NONE.code())
                .toList();
    }
}
