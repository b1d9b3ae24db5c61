package io.daybook.cli.command;

import io.daybook.base.TopicPartition;
import io.daybook.cli.Session;
import io.daybook.cli.client.OffsetSpec;
import io.daybook.cli.client.Offsets;
import io.daybook.cli.output.Report;
import io.daybook.protocol.message.DeleteRecordsRequestData;
import io.daybook.protocol.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import io.daybook.protocol.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import io.daybook.protocol.message.DeleteRecordsResponseData;
import io.daybook.protocol.message.DeleteRecordsResponseData.DeleteRecordsPartitionResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook topic trim}. */
@Command(
        name = "trim",
        mixinStandardHelpOptions = true,
        description = "Delete the records of a topic before a place, for good.",
        footer = {"", "Example: daybook topic trim orders --before @7d"})
public final class TopicTrimCommand extends ReportingCommand implements Callable<Integer> {
    private static final int TIMEOUT_MS = 30_000;

    @Parameters(paramLabel = "TOPIC", description = "The name.")
    private String topic = "";

    @Option(
            names = "--before",
            required = true,
            paramLabel = "PLACE",
            description = "end, an offset, -10 (ten before the end), @2h (ago) or @2026-01-31T12:00:00Z.")
    private String before = "";

    @Option(
            names = {"-p", "--partition"},
            paramLabel = "N",
            description = "Only this partition; may be repeated.")
    private List<Integer> only = List.of();

    /** For picocli. */
    public TopicTrimCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        Offsets offsets = new Offsets(session.client());
        OffsetSpec place = OffsetSpec.parse(before, System.currentTimeMillis());
        List<TopicPartition> partitions = offsets.partitionsOf(List.of(topic)).stream()
                .filter(each -> only.isEmpty() || only.contains(each.partition()))
                .toList();
        Map<TopicPartition, Long> starts = offsets.list(partitions, OffsetSpec.START);
        Map<TopicPartition, Long> targets = offsets.list(partitions, place);
        Report report = new Report("topic", "partition", "oldStart", "newStart", "deleted");
        if (session.isDryRun()) {
            targets.forEach((each, target) -> {
                long start = starts.getOrDefault(each, 0L);
                report.row(each.topic(), each.partition(), start, Math.max(start, target), Math.max(0, target - start));
            });
            session.output().print(report);
            return 0;
        }
        session.confirm("Delete the records of '" + topic + "' before " + before + "?");
        Outcomes outcomes = new Outcomes(session);
        Map<Integer, List<DeleteRecordsPartition>> byLeader = new LinkedHashMap<>();
        targets.forEach((each, target) -> byLeader.computeIfAbsent(offsets.leaderOf(each), leader -> new ArrayList<>())
                .add(new DeleteRecordsPartition()
                        .setPartitionIndex(each.partition())
                        .setOffset(target)));
        byLeader.forEach((leader, wanted) -> {
            for (DeleteRecordsPartitionResult result : delete(leader, wanted)) {
                TopicPartition each = new TopicPartition(topic, result.partitionIndex());
                if (outcomes.accept(result.errorCode(), "partition " + each, null)) {
                    long start = starts.getOrDefault(each, 0L);
                    report.row(topic, each.partition(), start, result.lowWatermark(), result.lowWatermark() - start);
                }
            }
        });
        session.output().print(report);
        return outcomes.exitCode();
    }

    private List<DeleteRecordsPartitionResult> delete(int leader, List<DeleteRecordsPartition> partitions) {
        DeleteRecordsRequestData request = new DeleteRecordsRequestData()
                .setTopics(List.of(new DeleteRecordsTopic().setName(topic).setPartitions(partitions)))
                .setTimeoutMs(TIMEOUT_MS);
        return session.client()
                .call(leader, request, new DeleteRecordsResponseData())
                .topics()
                .get(0)
                .partitions();
    }
}
