package io.daybook.cli.command;

import io.daybook.base.ErrorCode;
import io.daybook.cli.GlobalOptions;
import io.daybook.cli.OutputOption;
import io.daybook.cli.Session;
import io.daybook.cli.client.Configs;
import io.daybook.cli.client.Configs.Origin;
import io.daybook.cli.client.Configs.Resource;
import io.daybook.cli.client.Configs.Setting;
import io.daybook.cli.client.ProtocolException;
import io.daybook.cli.output.Format;
import io.daybook.cli.output.Report;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code daybook config explain}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Show where the value of a setting comes from: every place that says something, the winner first.",
        footer = {"", "Example: daybook config explain topic/orders retention.ms"})
public final class ConfigExplainCommand implements Runnable {
    private final Session session;

    @Mixin
    private final GlobalOptions options;

    @Mixin
    private final OutputOption output;

    @Parameters(
            index = "0",
            paramLabel = "RESOURCE",
            description = "topic/NAME, broker, broker/ID, broker/default, group/NAME.")
    private String resource = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "KEY",
            description = "The setting. Default: all that somebody made.")
    private String key = "";

    /** For picocli. */
    public ConfigExplainCommand(Session session) {
        this.session = session;
        this.options = new GlobalOptions(session);
        this.output = new OutputOption(session);
    }

    @Override
    public void run() {
        Resource target = Resource.parse(resource);
        List<String> keys = key.isEmpty() ? List.of() : List.of(key);
        List<Setting> settings = new Configs(session.client()).describe(target, keys, true);
        if (settings.isEmpty()) {
            throw new ProtocolException(
                    ErrorCode.RESOURCE_NOT_FOUND, target.toString(), "has no setting '" + key + "'");
        }
        Report report = new Report("key", "value", "from", "as", "wins");
        for (Setting setting : settings) {
            if (key.isEmpty() && setting.isDefault()) {
                continue;
            }
            List<Origin> origins = setting.origins().isEmpty()
                    ? List.of(new Origin(setting.name(), setting.value(), setting.source()))
                    : setting.origins();
            for (Origin origin : origins) {
                report.row(
                        setting.name(), origin.value(), origin.source(), origin.key(), origin.equals(origins.get(0)));
            }
        }
        session.output().print(report);
        String documentation = settings.get(0).documentation();
        if (!key.isEmpty() && documentation != null && session.output().format() == Format.table) {
            session.output().gap();
            session.output().heading(documentation);
        }
    }
}
