package io.daybook.cli.command;

import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import io.daybook.cli.GlobalOptions;
import io.daybook.cli.Session;
import io.daybook.cli.client.Configs;
import io.daybook.cli.client.Configs.Resource;
import io.daybook.protocol.message.CreatePartitionsRequestData;
import io.daybook.protocol.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import io.daybook.protocol.message.CreatePartitionsResponseData;
import io.daybook.protocol.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook topic alter}. */
@Command(
        name = "alter",
        mixinStandardHelpOptions = true,
        description = "Add partitions to a topic, or change its settings.",
        footer = {"", "Example: daybook topic alter orders -p 24 -c retention.ms=86400000 --unset cleanup.policy"})
public final class TopicAlterCommand implements Callable<Integer> {
    private static final int TIMEOUT_MS = 30_000;

    private final Session session;

    @Mixin
    private final GlobalOptions options;

    @Parameters(paramLabel = "TOPIC", description = "The name.")
    private String topic = "";

    @Option(
            names = {"-p", "--partitions"},
            paramLabel = "N",
            description = "How many partitions there shall be; more than there are.")
    private int partitions;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "KEY=VALUE",
            description = "A setting; may be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--unset", paramLabel = "KEY", description = "Back to the broker's setting; may be repeated.")
    private List<String> unset = List.of();

    /** For picocli. */
    public TopicAlterCommand(Session session) {
        this.session = session;
        this.options = new GlobalOptions(session);
    }

    @Override
    public Integer call() {
        if (partitions == 0 && set.isEmpty() && unset.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "nothing to change for topic '" + topic + "'",
                    "add -p N, -c KEY=VALUE or --unset KEY");
        }
        Outcomes outcomes = new Outcomes(session);
        if (!set.isEmpty() || !unset.isEmpty()) {
            new Configs(session.client()).change(Resource.topic(topic), set, unset, session.isDryRun());
            outcomes.accept((short) 0, "topic '" + topic + "'", null);
        }
        if (partitions != 0) {
            CreatePartitionsRequestData request = new CreatePartitionsRequestData()
                    .setTopics(List.of(new CreatePartitionsTopic()
                            .setName(topic)
                            .setCount(partitions)
                            .setAssignments(null)))
                    .setTimeoutMs(TIMEOUT_MS)
                    .setValidateOnly(session.isDryRun());
            CreatePartitionsTopicResult result = session.client()
                    .call(request, new CreatePartitionsResponseData())
                    .results()
                    .get(0);
            outcomes.accept(result.errorCode(), "topic '" + topic + "'", result.errorMessage());
        }
        session.tell(session.isDryRun() ? "nothing was changed (--dry-run)" : "topic '" + topic + "' changed");
        return outcomes.exitCode();
    }
}
