package io.daybook.cli.command;

import io.daybook.base.TopicPartition;
import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import io.daybook.cli.Session;
import io.daybook.cli.client.Groups;
import io.daybook.cli.client.Groups.Membership;
import io.daybook.cli.client.OffsetSpec;
import io.daybook.cli.client.Offsets;
import io.daybook.cli.output.Report;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook group seek}. */
@Command(
        name = "seek",
        mixinStandardHelpOptions = true,
        description = "Move a group's committed offsets. The group must have no members.",
        footer = {"", "Example: daybook group seek billing --to @2h --topic orders --dry-run"})
public final class GroupSeekCommand extends ReportingCommand implements Runnable {
    @Parameters(paramLabel = "GROUP", description = "The group.")
    private String group = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "PLACE",
            description = "start, end, an offset, -10 (before the end), @2h (ago) or @2026-01-31T12:00:00Z.")
    private String place = "";

    @Option(names = "--topic", paramLabel = "TOPIC[:N]", description = "Only this topic or partition; may be repeated.")
    private List<String> only = List.of();

    /** For picocli. */
    public GroupSeekCommand(Session session) {
        super(session);
    }

    @Override
    public void run() {
        Groups groups = new Groups(session.client());
        Offsets offsets = new Offsets(session.client());
        Map<TopicPartition, Long> committed = groups.offsets(group);
        Set<TopicPartition> partitions = chosen(offsets, committed.keySet());
        if (partitions.isEmpty()) {
            throw new CommandException(
                    ExitCode.NOT_FOUND,
                    "group '" + group + "' has committed nothing",
                    "name topics with --topic TOPIC");
        }
        Map<TopicPartition, Long> starts = offsets.list(partitions, OffsetSpec.START);
        Map<TopicPartition, Long> ends = offsets.list(partitions, OffsetSpec.END);
        Map<TopicPartition, Long> targets =
                new TreeMap<>(offsets.list(partitions, OffsetSpec.parse(place, System.currentTimeMillis())));
        targets.replaceAll((each, target) ->
                Math.min(ends.getOrDefault(each, target), Math.max(starts.getOrDefault(each, target), target)));
        if (!session.isDryRun()) {
            groups.commit(group, Membership.NONE, targets);
        }
        Report report = new Report("topic", "partition", "from", "to");
        targets.forEach((each, target) -> report.row(each.topic(), each.partition(), committed.get(each), target));
        session.output().print(report);
        if (session.isDryRun()) {
            session.tell("nothing was moved (--dry-run)");
        }
    }

    private Set<TopicPartition> chosen(Offsets offsets, Set<TopicPartition> committed) {
        if (only.isEmpty()) {
            return committed;
        }
        Set<TopicPartition> chosen = new LinkedHashSet<>();
        for (String each : only) {
            int colon = each.lastIndexOf(':');
            if (colon < 0) {
                chosen.addAll(offsets.partitionsOf(List.of(each)));
                continue;
            }
            try {
                chosen.add(new TopicPartition(each.substring(0, colon), Integer.parseInt(each.substring(colon + 1))));
            } catch (NumberFormatException e) {
                throw new CommandException(ExitCode.USAGE, "'" + each + "' is not TOPIC or TOPIC:N");
            }
        }
        return chosen;
    }
}
