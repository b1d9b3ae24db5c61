package io.daybook.cli.command;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import io.daybook.cli.Session;
import io.daybook.cli.client.Groups;
import io.daybook.cli.client.Groups.Description;
import io.daybook.cli.client.OffsetSpec;
import io.daybook.cli.client.Offsets;
import io.daybook.cli.client.ProtocolException;
import io.daybook.cli.output.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code daybook group lag}. */
@Command(
        name = "lag",
        mixinStandardHelpOptions = true,
        description = "Show how far a group is behind, partition by partition.")
public final class GroupLagCommand extends ReportingCommand implements Runnable {
    @Parameters(paramLabel = "GROUP", description = "The group.")
    private String group = "";

    /** For picocli. */
    public GroupLagCommand(Session session) {
        super(session);
    }

    @Override
    public void run() {
        Groups groups = new Groups(session.client());
        Map<TopicPartition, Long> committed = groups.offsets(group);
        Map<TopicPartition, String> owners = new HashMap<>();
        try {
            Description description = groups.describe(group);
            description.members().forEach(member -> member.partitions()
                    .forEach(each -> owners.put(each, member.clientId())));
        } catch (ProtocolException e) {
            if (committed.isEmpty() || e.code() != ErrorCode.GROUP_ID_NOT_FOUND) {
                throw e;
            }
        }
        TreeSet<TopicPartition> partitions = new TreeSet<>(committed.keySet());
        partitions.addAll(owners.keySet());
        Map<TopicPartition, Long> ends = new Offsets(session.client()).list(partitions, OffsetSpec.END);
        Report report = new Report("topic", "partition", "committed", "end", "lag", "client");
        for (TopicPartition each : partitions) {
            Long offset = committed.get(each);
            long end = ends.getOrDefault(each, 0L);
            Long lag = offset == null ? null : Long.valueOf(Math.max(0, end - offset));
            report.row(each.topic(), each.partition(), offset, end, lag, owners.get(each));
        }
        session.output().print(report);
        List<String> unread = partitions.stream()
                .filter(each -> committed.get(each) == null)
                .map(Object::toString)
                .toList();
        if (!unread.isEmpty()) {
            session.tell("nothing committed yet for " + String.join(", ", unread));
        }
    }
}
