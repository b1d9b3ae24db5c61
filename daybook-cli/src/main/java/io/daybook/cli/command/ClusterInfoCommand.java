package io.daybook.cli.command;

import io.daybook.cli.Session;
import io.daybook.protocol.message.MetadataResponseData;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code daybook cluster info}. */
@Command(name = "info", mixinStandardHelpOptions = true, description = "Show the cluster's identity and its size.")
public final class ClusterInfoCommand extends ReportingCommand implements Runnable {
    /** For picocli. */
    public ClusterInfoCommand(Session session) {
        super(session);
    }

    @Override
    public void run() {
        MetadataResponseData metadata = session.client().metadata(null, false);
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("clusterId", metadata.clusterId());
        document.put("controller", metadata.controllerId());
        document.put("brokers", metadata.brokers().size());
        document.put(
                "topics",
                metadata.topics().stream().filter(each -> !each.isInternal()).count());
        document.put(
                "partitions",
                metadata.topics().stream()
                        .mapToLong(each -> each.partitions().size())
                        .sum());
        session.output().print(document);
    }
}
