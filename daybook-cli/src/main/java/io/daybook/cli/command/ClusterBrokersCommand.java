package io.daybook.cli.command;

import io.daybook.cli.Session;
import io.daybook.cli.client.LogDirs;
import io.daybook.cli.output.Report;
import io.daybook.protocol.message.MetadataResponseData;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponseBroker;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponsePartition;
import picocli.CommandLine.Command;

/** {@code daybook cluster brokers}. */
@Command(name = "brokers", mixinStandardHelpOptions = true, description = "List the brokers and what they keep.")
public final class ClusterBrokersCommand extends ReportingCommand implements Runnable {
    /** For picocli. */
    public ClusterBrokersCommand(Session session) {
        super(session);
    }

    @Override
    public void run() {
        MetadataResponseData metadata = session.client().metadata(null, false);
        Report report = new Report("broker", "address", "rack", "leads", "sizeBytes", "freeBytes");
        for (MetadataResponseBroker broker : metadata.brokers()) {
            long leads = metadata.topics().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .mapToInt(MetadataResponsePartition::leaderId)
                    .filter(leader -> leader == broker.nodeId())
                    .count();
            LogDirs dirs = LogDirs.of(session.client(), broker.nodeId());
            report.row(
                    broker.nodeId(),
                    broker.host() + ":" + broker.port(),
                    broker.rack(),
                    leads,
                    dirs.sizeBytes(),
                    dirs.usableBytes());
        }
        session.output().print(report);
    }
}
