package io.daybook.cli.command;

import io.daybook.base.ErrorCode;
import io.daybook.cli.GlobalOptions;
import io.daybook.cli.Session;
import io.daybook.protocol.message.DeleteTopicsRequestData;
import io.daybook.protocol.message.DeleteTopicsRequestData.DeleteTopicState;
import io.daybook.protocol.message.DeleteTopicsResponseData;
import io.daybook.protocol.message.DeleteTopicsResponseData.DeletableTopicResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook topic delete}. */
@Command(name = "delete", mixinStandardHelpOptions = true, description = "Delete topics and all that is in them.")
public final class TopicDeleteCommand implements Callable<Integer> {
    private static final int TIMEOUT_MS = 30_000;

    private final Session session;

    @Mixin
    private final GlobalOptions options;

    @Parameters(paramLabel = "TOPIC", arity = "1..*", description = "The names.")
    private List<String> topics = List.of();

    @Option(names = "--if-exists", description = "A topic that does not exist is no error.")
    private boolean ifExists;

    /** For picocli. */
    public TopicDeleteCommand(Session session) {
        this.session = session;
        this.options = new GlobalOptions(session);
    }

    @Override
    public Integer call() {
        if (session.isDryRun()) {
            topics.forEach(topic -> session.client().partitions(topic, false));
            session.out().println("would delete: " + String.join(", ", topics));
            return 0;
        }
        session.confirm("Delete " + String.join(", ", topics) + " with all records?");
        List<DeleteTopicState> states = new ArrayList<>();
        topics.forEach(topic -> states.add(new DeleteTopicState().setName(topic)));
        DeleteTopicsRequestData request = new DeleteTopicsRequestData()
                .setTopics(states)
                .setTopicNames(topics)
                .setTimeoutMs(TIMEOUT_MS);
        DeleteTopicsResponseData response = session.client().call(request, new DeleteTopicsResponseData());
        Outcomes outcomes = new Outcomes(session);
        for (DeletableTopicResult result : response.responses()) {
            if (outcomes.accept(
                    result.errorCode(),
                    "topic '" + result.name() + "'",
                    result.errorMessage(),
                    code -> ifExists && code == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)) {
                session.tell("topic '" + result.name() + "' deleted");
            }
        }
        return outcomes.exitCode();
    }
}
