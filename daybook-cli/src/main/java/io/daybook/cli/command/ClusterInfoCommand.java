package io.daybook.cli.command;

import io.daybook.cli.GlobalOptions;
import io.daybook.cli.OutputOption;
import io.daybook.cli.Session;
import io.daybook.protocol.message.MetadataResponseData;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code daybook cluster info}. */
@Command(name = "info", mixinStandardHelpOptions = true, description = "Show the cluster's identity and its size.")
public final class ClusterInfoCommand implements Runnable {
    private final Session session;

    @Mixin
    private final GlobalOptions options;

    @Mixin
    private final OutputOption output;

    /** For picocli. */
    public ClusterInfoCommand(Session session) {
        this.session = session;
        this.options = new GlobalOptions(session);
        this.output = new OutputOption(session);
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
