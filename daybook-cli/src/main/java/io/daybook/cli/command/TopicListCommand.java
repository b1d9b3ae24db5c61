package io.daybook.cli.command;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.cli.Session;
import io.daybook.cli.output.Report;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponseTopic;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daybook topic list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "List the topics.")
public final class TopicListCommand extends ReportingCommand implements Runnable {
    @Option(names = "--internal", description = "Also those that the broker keeps for itself.")
    private boolean internal;

    /** For picocli. */
    public TopicListCommand(Session session) {
        super(session);
    }

    @Override
    public void run() {
        List<MetadataResponseTopic> topics = session.client().metadata(null, false).topics().stream()
                .filter(topic -> internal || !topic.isInternal())
                .filter(topic -> topic.errorCode() == ErrorCode.NONE.code())
                .sorted(Comparator.comparing(topic -> String.valueOf(topic.name())))
                .toList();
        Report report = new Report("topic", "partitions", "replicas", "id");
        for (MetadataResponseTopic topic : topics) {
            int replicas = topic.partitions().stream()
                    .mapToInt(each -> each.replicaNodes().size())
                    .max()
                    .orElse(0);
            String id =
                    topic.topicId().equals(Uuid.ZERO) ? null : topic.topicId().toString();
            report.row(topic.name(), topic.partitions().size(), replicas, id);
        }
        session.output().print(report);
        if (topics.isEmpty()) {
            session.tell("no topics yet; make one with: daybook topic create NAME");
        }
    }
}
