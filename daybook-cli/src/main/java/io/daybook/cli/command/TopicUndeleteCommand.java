package io.daybook.cli.command;

import io.daybook.cli.Session;
import io.daybook.cli.output.Report;
import io.daybook.protocol.message.CreateTopicsRequestData;
import io.daybook.protocol.message.CreateTopicsRequestData.CreatableTopic;
import io.daybook.protocol.message.CreateTopicsRequestData.CreatableTopicConfig;
import io.daybook.protocol.message.CreateTopicsResponseData;
import io.daybook.protocol.message.CreateTopicsResponseData.CreatableTopicResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook topic undelete}. */
@Command(
        name = "undelete",
        mixinStandardHelpOptions = true,
        description = "Bring deleted topics back as they were, as long as the broker keeps them"
                + " (daybook.delete.retention.ms).")
public final class TopicUndeleteCommand extends ReportingCommand implements Callable<Integer> {
    /** The setting by which a request to create a topic asks for the deleted one. */
    private static final String UNDELETE = "daybook.undelete";

    private static final int TIMEOUT_MS = 30_000;

    @Parameters(paramLabel = "TOPIC", arity = "1..*", description = "The names.")
    private List<String> topics = List.of();

    @Option(names = "--id", paramLabel = "ID", description = "Which one of several of that name. Default: the latest.")
    private String id = "latest";

    /** For picocli. */
    public TopicUndeleteCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        List<CreatableTopic> wanted = new ArrayList<>();
        for (String topic : topics) {
            wanted.add(new CreatableTopic()
                    .setName(topic)
                    .setNumPartitions(-1)
                    .setReplicationFactor((short) -1)
                    .setConfigs(
                            List.of(new CreatableTopicConfig().setName(UNDELETE).setValue(id))));
        }
        CreateTopicsRequestData request = new CreateTopicsRequestData()
                .setTopics(wanted)
                .setTimeoutMs(TIMEOUT_MS)
                .setValidateOnly(session.isDryRun());
        Outcomes outcomes = new Outcomes(session);
        Report report = new Report("topic", "partitions", "id");
        for (CreatableTopicResult result :
                session.client().call(request, new CreateTopicsResponseData()).topics()) {
            if (outcomes.accept(result.errorCode(), "topic '" + result.name() + "'", result.errorMessage())) {
                report.row(result.name(), result.numPartitions(), result.topicId());
            }
        }
        session.output().print(report);
        return outcomes.exitCode();
    }
}
