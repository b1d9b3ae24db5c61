package io.daybook.cli.command;

import io.daybook.base.ErrorCode;
import io.daybook.cli.Session;
import io.daybook.cli.output.Report;
import io.daybook.protocol.message.CreateTopicsRequestData;
import io.daybook.protocol.message.CreateTopicsRequestData.CreatableTopic;
import io.daybook.protocol.message.CreateTopicsRequestData.CreatableTopicConfig;
import io.daybook.protocol.message.CreateTopicsResponseData;
import io.daybook.protocol.message.CreateTopicsResponseData.CreatableTopicResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook topic create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Create topics.",
        footer = {"", "Example: daybook topic create orders -p 12 -c retention.ms=604800000"})
public final class TopicCreateCommand extends ReportingCommand implements Callable<Integer> {
    private static final int TIMEOUT_MS = 30_000;

    @Parameters(paramLabel = "TOPIC", arity = "1..*", description = "The names.")
    private List<String> topics = List.of();

    @Option(
            names = {"-p", "--partitions"},
            paramLabel = "N",
            description = "How many partitions. Default: the broker's num.partitions.")
    private int partitions = -1;

    @Option(names = "--replication-factor", paramLabel = "N", description = "Default: the broker's.")
    private short replicationFactor = -1;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "KEY=VALUE",
            description = "A setting of the topic; may be repeated.")
    private Map<String, String> configs = new LinkedHashMap<>();

    @Option(names = "--if-not-exists", description = "An existing topic is no error.")
    private boolean ifNotExists;

    /** For picocli. */
    public TopicCreateCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        CreateTopicsRequestData request =
                new CreateTopicsRequestData().setTimeoutMs(TIMEOUT_MS).setValidateOnly(session.isDryRun());
        List<CreatableTopic> wanted = new ArrayList<>();
        for (String topic : topics) {
            List<CreatableTopicConfig> settings = new ArrayList<>();
            configs.forEach((key, value) ->
                    settings.add(new CreatableTopicConfig().setName(key).setValue(value)));
            wanted.add(new CreatableTopic()
                    .setName(topic)
                    .setNumPartitions(partitions)
                    .setReplicationFactor(replicationFactor)
                    .setConfigs(settings));
        }
        CreateTopicsResponseData response =
                session.client().call(request.setTopics(wanted), new CreateTopicsResponseData());
        Report report = new Report("topic", "partitions", "replicas", "id");
        Outcomes outcomes = new Outcomes(session);
        for (CreatableTopicResult result : response.topics()) {
            boolean accepted = outcomes.accept(
                    result.errorCode(),
                    "topic '" + result.name() + "'",
                    result.errorMessage(),
                    code -> ifNotExists && code == ErrorCode.TOPIC_ALREADY_EXISTS);
            if (accepted) {
                report.row(result.name(), result.numPartitions(), (int) result.replicationFactor(), result.topicId());
            }
        }
        session.output().print(report);
        if (session.isDryRun()) {
            session.tell("nothing was created (--dry-run)");
        }
        return outcomes.exitCode();
    }
}
