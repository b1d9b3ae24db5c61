package io.daybook.cli.command;

import io.daybook.cli.ExitCode;
import io.daybook.cli.Session;
import io.daybook.cli.client.LogDirs;
import io.daybook.cli.output.Report;
import io.daybook.protocol.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import io.daybook.protocol.message.MetadataResponseData;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponseBroker;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponsePartition;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponseTopic;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daybook cluster health}: exits with 0 only if nothing is wrong, for probes. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description =
                "Check that every partition has a leader and every drive works and has room; exits with 1 if not.")
public final class ClusterHealthCommand extends ReportingCommand implements Callable<Integer> {
    private static final double PERCENT = 100.0;

    @Option(names = "--min-free", paramLabel = "PERCENT", description = "How much of a drive must be free. Default: 5.")
    private double minFreePercent = 5;

    /** For picocli. */
    public ClusterHealthCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        MetadataResponseData metadata = session.client().metadata(null, false);
        Report problems = new Report("what", "where", "problem");
        for (MetadataResponseTopic topic : metadata.topics()) {
            for (MetadataResponsePartition each : topic.partitions()) {
                String where = topic.name() + "-" + each.partitionIndex();
                if (each.leaderId() < 0) {
                    problems.row("partition", where, "has no leader");
                } else if (!each.offlineReplicas().isEmpty()) {
                    problems.row("partition", where, "is offline on brokers " + each.offlineReplicas());
                } else if (each.isrNodes().size() < each.replicaNodes().size()) {
                    problems.row("partition", where, "is under-replicated");
                }
            }
        }
        for (MetadataResponseBroker broker : metadata.brokers()) {
            for (DescribeLogDirsResult dir :
                    LogDirs.of(session.client(), broker.nodeId()).dirs()) {
                String where = "broker " + broker.nodeId() + " " + dir.logDir();
                if (dir.errorCode() != 0) {
                    problems.row("drive", where, "has failed");
                } else if (dir.totalBytes() > 0 && dir.usableBytes() * PERCENT / dir.totalBytes() < minFreePercent) {
                    long freePercent = Math.round(dir.usableBytes() * PERCENT / dir.totalBytes());
                    problems.row("drive", where, "is full: " + freePercent + " % free");
                }
            }
        }
        session.output().print(problems);
        if (!problems.isEmpty()) {
            return ExitCode.FAILURE.number();
        }
        session.tell("healthy: " + metadata.brokers().size() + " broker(s), "
                + metadata.topics().size() + " topic(s)");
        return ExitCode.OK.number();
    }
}
