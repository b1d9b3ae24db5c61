package io.daybook.cli.command;

import io.daybook.cli.GlobalOptions;
import io.daybook.cli.Session;
import io.daybook.cli.client.Configs;
import io.daybook.cli.client.Configs.Resource;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code daybook config unset}. */
@Command(name = "unset", mixinStandardHelpOptions = true, description = "Give settings back to what lies below them.")
public final class ConfigUnsetCommand implements Runnable {
    private final Session session;

    @Mixin
    private final GlobalOptions options;

    @Parameters(
            index = "0",
            paramLabel = "RESOURCE",
            description = "topic/NAME, broker/ID, broker/default, group/NAME.")
    private String resource = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY", description = "The settings.")
    private List<String> keys = List.of();

    /** For picocli. */
    public ConfigUnsetCommand(Session session) {
        this.session = session;
        this.options = new GlobalOptions(session);
    }

    @Override
    public void run() {
        Resource target = Resource.parse(resource);
        new Configs(session.client()).change(target, Map.of(), keys, session.isDryRun());
        session.tell(session.isDryRun() ? "valid; nothing was changed (--dry-run)" : target + " changed");
    }
}
