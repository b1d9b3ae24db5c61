package io.daybook.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/** The options that every command takes, before or after its name; the last one wins. */
public final class GlobalOptions {
    private final Session session;

    /** Fills {@code session}. */
    public GlobalOptions(Session session) {
        this.session = session;
    }

    @Option(
            names = {"-b", "--bootstrap-server"},
            paramLabel = "HOST:PORT",
            description =
                    "Where the cluster is; several with commas. Default: $$DAYBOOK_BOOTSTRAP_SERVER or localhost:9092.")
    void bootstrapServer(String servers) {
        session.bootstrapServers(servers);
    }

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Client settings as Kafka's tools read them (a properties file).")
    void commandConfig(String file) {
        session.commandConfig(file);
    }

    @Option(names = "-X", paramLabel = "KEY=VALUE", description = "One client setting; may be repeated.")
    void setting(Map<String, String> settings) {
        settings.forEach(session::clientSetting);
    }

    @Option(names = "--dry-run", description = "Say what would be done, and do not do it.")
    void dryRun(boolean chosen) {
        if (chosen) {
            session.dryRun();
        }
    }

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    void yes(boolean chosen) {
        if (chosen) {
            session.yes();
        }
    }
}
