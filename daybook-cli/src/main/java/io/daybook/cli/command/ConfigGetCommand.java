package io.daybook.cli.command;

import io.daybook.base.ErrorCode;
import io.daybook.cli.Session;
import io.daybook.cli.client.Configs;
import io.daybook.cli.client.Configs.Resource;
import io.daybook.cli.client.Configs.Setting;
import io.daybook.cli.client.ProtocolException;
import io.daybook.cli.output.Report;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook config get}. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Show settings: those that somebody made, or the ones that are named.",
        footer = {"", "Example: daybook config get topic/orders retention.ms"})
public final class ConfigGetCommand extends ReportingCommand implements Runnable {
    @Parameters(
            index = "0",
            paramLabel = "RESOURCE",
            description = "topic/NAME, broker, broker/ID, broker/default, group/NAME.")
    private String resource = "";

    @Parameters(index = "1..*", paramLabel = "KEY", description = "Only these.")
    private List<String> keys = List.of();

    @Option(
            names = {"-a", "--all"},
            description = "Also the defaults.")
    private boolean all;

    /** For picocli. */
    public ConfigGetCommand(Session session) {
        super(session);
    }

    @Override
    public void run() {
        Resource target = Resource.parse(resource);
        List<Setting> settings = new Configs(session.client()).describe(target, keys, false);
        for (String key : keys) {
            if (settings.stream().noneMatch(each -> each.name().equals(key))) {
                throw new ProtocolException(
                        ErrorCode.RESOURCE_NOT_FOUND, target.toString(), "has no setting '" + key + "'");
            }
        }
        Report report = new Report("key", "value", "source", "readOnly");
        settings.stream()
                .filter(each -> all || !keys.isEmpty() || !each.isDefault())
                .forEach(each -> report.row(each.name(), each.value(), each.source(), each.readOnly()));
        session.output().print(report);
        if (report.isEmpty()) {
            session.tell("nothing but defaults; --all shows them");
        }
    }
}
