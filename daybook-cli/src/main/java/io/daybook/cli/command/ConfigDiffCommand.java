package io.daybook.cli.command;

import io.daybook.cli.Session;
import io.daybook.cli.client.Configs;
import io.daybook.cli.client.Configs.Resource;
import io.daybook.cli.client.Configs.Setting;
import io.daybook.cli.output.Report;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code daybook config diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Show in which settings two resources differ.",
        footer = {"", "Example: daybook config diff topic/orders topic/orders-dlq"})
public final class ConfigDiffCommand extends ReportingCommand implements Runnable {
    @Parameters(
            index = "0",
            paramLabel = "RESOURCE",
            description = "topic/NAME, broker, broker/ID, broker/default, group/NAME.")
    private String left = "";

    @Parameters(index = "1", paramLabel = "RESOURCE", description = "The other one.")
    private String right = "";

    /** For picocli. */
    public ConfigDiffCommand(Session session) {
        super(session);
    }

    @Override
    public void run() {
        Map<String, Setting> ours = settings(left);
        Map<String, Setting> theirs = settings(right);
        Report report = new Report("key", "left", "right");
        TreeSet<String> keys = new TreeSet<>(ours.keySet());
        keys.addAll(theirs.keySet());
        for (String key : keys) {
            Setting one = ours.get(key);
            Setting other = theirs.get(key);
            String leftValue = one == null ? null : one.value();
            String rightValue = other == null ? null : other.value();
            if (!Objects.equals(leftValue, rightValue)) {
                report.row(key, leftValue, rightValue);
            }
        }
        session.output().print(report);
        if (report.isEmpty()) {
            session.tell("no difference");
        }
    }

    private Map<String, Setting> settings(String resource) {
        Map<String, Setting> byName = new TreeMap<>();
        new Configs(session.client())
                .describe(Resource.parse(resource), List.of(), false)
                .forEach(each -> byName.put(each.name(), each));
        return byName;
    }
}
