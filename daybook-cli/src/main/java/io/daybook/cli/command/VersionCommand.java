package io.daybook.cli.command;

import io.daybook.cli.OutputOption;
import io.daybook.cli.Session;
import io.daybook.cli.output.Format;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** {@code daybook version}. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Print the version and the Java it runs on.")
public final class VersionCommand implements Runnable {
    private static final String NUMBER = "0.1.0";

    private final Session session;

    @Mixin
    private final OutputOption output;

    /** For picocli. */
    public VersionCommand(Session session) {
        this.session = session;
        this.output = new OutputOption(session);
    }

    @Override
    public void run() {
        if (session.output().format() == Format.table) {
            session.out().println("daybook " + NUMBER);
            return;
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", NUMBER);
        document.put("java", System.getProperty("java.version"));
        document.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        session.output().print(document);
    }

    /** What {@code daybook --version} prints. */
    public static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"daybook " + NUMBER};
        }
    }
}
