package io.daybook.cli.command;

import io.daybook.base.ErrorCode;
import io.daybook.cli.Session;
import io.daybook.cli.client.Configs;
import io.daybook.cli.client.Configs.Resource;
import io.daybook.cli.output.Format;
import io.daybook.cli.output.Output;
import io.daybook.cli.output.Report;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponsePartition;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code daybook topic describe}. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = "Show topics: their partitions, and the settings that are not the defaults.")
public final class TopicDescribeCommand extends ReportingCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TOPIC", arity = "1..*", description = "The names.")
    private List<String> topics = List.of();

    /** For picocli. */
    public TopicDescribeCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        Outcomes outcomes = new Outcomes(session);
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (MetadataResponseTopic topic :
                session.client().metadata(topics, false).topics()) {
            String detail =
                    ErrorCode.of(topic.errorCode()) == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION ? "does not exist" : null;
            if (outcomes.accept(topic.errorCode(), "topic '" + topic.name() + "'", detail)) {
                documents.add(document(topic));
            }
        }
        Output out = session.output();
        if (out.format() == Format.table) {
            boolean first = true;
            for (Map<String, @Nullable Object> document : documents) {
                printForPeople(out, document, first);
                first = false;
            }
        } else if (documents.size() == 1) {
            out.print(documents.get(0));
        } else {
            Report report = new Report("topic", "id", "internal", "configs", "partitions");
            documents.forEach(document -> report.row(document.values().toArray()));
            out.print(report);
        }
        return outcomes.exitCode();
    }

    private Map<String, @Nullable Object> document(MetadataResponseTopic topic) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        String name = String.valueOf(topic.name());
        document.put("topic", name);
        document.put("id", topic.topicId().toString());
        document.put("internal", topic.isInternal());
        document.put("configs", new Configs(session.client()).overrides(Resource.topic(name)));
        List<Map<String, Object>> partitions = new ArrayList<>();
        topic.partitions().stream()
                .sorted(Comparator.comparingInt(MetadataResponsePartition::partitionIndex))
                .forEach(each -> {
                    Map<String, Object> partition = new LinkedHashMap<>();
                    partition.put("partition", each.partitionIndex());
                    partition.put("leader", each.leaderId() < 0 ? "none" : each.leaderId());
                    partition.put("leaderEpoch", each.leaderEpoch());
                    partition.put("replicas", List.copyOf(each.replicaNodes()));
                    partition.put("inSync", List.copyOf(each.isrNodes()));
                    partition.put("offline", List.copyOf(each.offlineReplicas()));
                    partitions.add(partition);
                });
        document.put("partitions", partitions);
        return document;
    }

    private static void printForPeople(Output out, Map<String, @Nullable Object> document, boolean first) {
        if (!first) {
            out.gap();
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(document);
        fields.remove("partitions");
        out.print(fields);
        Report report = new Report("partition", "leader", "leaderEpoch", "replicas", "inSync", "offline");
        if (document.get("partitions") instanceof List<?> partitions) {
            for (Object each : partitions) {
                report.row(((Map<?, ?>) each).values().toArray());
            }
        }
        out.gap();
        out.print(report);
    }
}
