package io.daybook.cli.command;

import io.daybook.cli.GlobalOptions;
import io.daybook.cli.Session;
import io.daybook.cli.client.Configs;
import io.daybook.cli.client.Configs.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code daybook config set}. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Change settings, all or none.",
        footer = {"", "Example: daybook config set topic/orders retention.ms=86400000"})
public final class ConfigSetCommand implements Runnable {
    private final Session session;

    @Mixin
    private final GlobalOptions options;

    @Parameters(
            index = "0",
            paramLabel = "RESOURCE",
            description = "topic/NAME, broker/ID, broker/default, group/NAME.")
    private String resource = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY=VALUE", description = "The settings.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** For picocli. */
    public ConfigSetCommand(Session session) {
        this.session = session;
        this.options = new GlobalOptions(session);
    }

    @Override
    public void run() {
        Resource target = Resource.parse(resource);
        new Configs(session.client()).change(target, settings, List.of(), session.isDryRun());
        session.tell(session.isDryRun() ? "valid; nothing was changed (--dry-run)" : target + " changed");
    }
}
