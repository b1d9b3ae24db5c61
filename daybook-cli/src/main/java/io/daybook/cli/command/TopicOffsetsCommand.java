package io.daybook.cli.command;

import io.daybook.base.TopicPartition;
import io.daybook.cli.Session;
import io.daybook.cli.client.OffsetSpec;
import io.daybook.cli.client.Offsets;
import io.daybook.cli.output.Report;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook topic offsets}. */
@Command(
        name = "offsets",
        mixinStandardHelpOptions = true,
        description = "Show where the partitions of topics begin and end.")
public final class TopicOffsetsCommand extends ReportingCommand implements Runnable {
    @Parameters(paramLabel = "TOPIC", arity = "1..*", description = "The names.")
    private List<String> topics = List.of();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Also the first offset at or after a time: @2h (ago) or @2026-01-31T12:00:00Z.")
    private String at = "";

    /** For picocli. */
    public TopicOffsetsCommand(Session session) {
        super(session);
    }

    @Override
    public void run() {
        Offsets offsets = new Offsets(session.client());
        List<TopicPartition> partitions = offsets.partitionsOf(topics);
        Map<TopicPartition, Long> starts = offsets.list(partitions, OffsetSpec.START);
        Map<TopicPartition, Long> ends = offsets.list(partitions, OffsetSpec.END);
        Map<TopicPartition, Long> times =
                at.isEmpty() ? Map.of() : offsets.list(partitions, OffsetSpec.parse(at, System.currentTimeMillis()));
        Report report = at.isEmpty()
                ? new Report("topic", "partition", "start", "end", "records")
                : new Report("topic", "partition", "start", "end", "records", "atTime");
        for (TopicPartition each : new TreeMap<>(starts).keySet()) {
            long start = starts.getOrDefault(each, 0L);
            long end = ends.getOrDefault(each, 0L);
            if (at.isEmpty()) {
                report.row(each.topic(), each.partition(), start, end, end - start);
            } else {
                report.row(each.topic(), each.partition(), start, end, end - start, times.getOrDefault(each, end));
            }
        }
        session.output().print(report);
    }
}
