package io.daybook.cli.command;

import io.daybook.base.ErrorCode;
import io.daybook.cli.Session;
import io.daybook.cli.client.Configs;
import io.daybook.cli.client.Configs.Origin;
import io.daybook.cli.client.Configs.Resource;
import io.daybook.cli.client.Configs.Setting;
import io.daybook.cli.client.ProtocolException;
import io.daybook.cli.output.Format;
import io.daybook.cli.output.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook config explain}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Show where the value of a setting comes from: every place that says something, the winner first.",
        footer = {
            "",
            "With 'server' as the resource no broker is asked: it shows what a server started here would take from",
            "its file, the environment and its flags.",
            "Example: daybook config explain topic/orders retention.ms",
            "         daybook config explain server --config server.properties"
        })
public final class ConfigExplainCommand extends ReportingCommand implements Runnable {
    private static final String SERVER = "server";

    @Parameters(
            index = "0",
            paramLabel = "RESOURCE",
            description = "topic/NAME, broker, broker/ID, broker/default, group/NAME, or server.")
    private String resource = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "KEY",
            description = "The setting. Default: all that somebody made.")
    private String key = "";

    @Option(names = "--config", paramLabel = "FILE", description = "With server: its server.properties.")
    private @Nullable String config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "With server: its flags; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** For picocli. */
    public ConfigExplainCommand(Session session) {
        super(session);
    }

    @Override
    public void run() {
        if (resource.equals(SERVER)) {
            session.output().print(new LocalConfig(config, settings).report(key));
            return;
        }
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
