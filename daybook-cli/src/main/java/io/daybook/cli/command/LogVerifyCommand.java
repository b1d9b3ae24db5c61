package io.daybook.cli.command;

import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import io.daybook.cli.OutputOption;
import io.daybook.cli.Session;
import io.daybook.cli.output.Progress;
import io.daybook.cli.output.Report;
import io.daybook.cli.segment.SegmentFile;
import io.daybook.cli.segment.SegmentFile.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code daybook log verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Check every batch of every partition below a directory: lengths, CRCs, and that offsets go on."
                + " Exits with 1 if something is damaged.",
        footer = {"", "Example: daybook log verify daybook-data"})
public final class LogVerifyCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final OutputOption output;

    @Parameters(paramLabel = "DIR", description = "A data directory, or that of one partition.")
    private Path directory = Path.of("");

    /** For picocli. */
    public LogVerifyCommand(Session session) {
        this.session = session;
        this.output = new OutputOption(session);
    }

    @Override
    public Integer call() {
        if (!Files.isDirectory(directory)) {
            throw new CommandException(ExitCode.NOT_FOUND, "the directory " + directory + " does not exist");
        }
        Report report = new Report("partition", "segments", "batches", "records", "sizeBytes", "endOffset", "state");
        boolean damaged = false;
        try (Progress progress = session.progress()) {
            for (Map.Entry<Path, List<Path>> each : segments().entrySet()) {
                progress.show("checking " + each.getKey());
                PartitionCheck check = new PartitionCheck();
                each.getValue().forEach(check::read);
                damaged |= check.problem != null;
                report.row(
                        String.valueOf(each.getKey().getFileName()),
                        each.getValue().size(),
                        check.batches,
                        check.records,
                        check.sizeBytes,
                        check.nextOffset,
                        check.problem == null ? "ok" : check.problem);
            }
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILURE, "the directory " + directory + " cannot be read: " + e.getMessage());
        }
        session.output().print(report);
        if (report.isEmpty()) {
            session.tell("no segment files below " + directory);
        }
        return damaged ? ExitCode.FAILURE.number() : ExitCode.OK.number();
    }

    private Map<Path, List<Path>> segments() throws IOException {
        try (Stream<Path> files = Files.walk(directory, 2)) {
            return files.filter(SegmentFile::isSegment)
                    .sorted()
                    .collect(Collectors.groupingBy(
                            file -> file.toAbsolutePath().getParent(), TreeMap::new, Collectors.toList()));
        }
    }

    /** Goes over the segments of one partition in their order, up to the first damage. */
    private static final class PartitionCheck {
        private long batches;
        private long records;
        private long sizeBytes;
        private long nextOffset;
        private @org.jspecify.annotations.Nullable String problem;

        void read(Path file) {
            if (problem != null) {
                return;
            }
            try (SegmentFile segment = new SegmentFile(file)) {
                if (segment.baseOffset() < nextOffset) {
                    problem = file.getFileName() + " begins before offset " + nextOffset;
                    return;
                }
                nextOffset = segment.baseOffset();
                End end = segment.forEach((batch, position) -> {
                    if (problem != null) {
                        return;
                    }
                    if (!batch.isValid()) {
                        problem = file.getFileName() + " at byte " + position + ": the CRC does not match";
                    } else if (batch.baseOffset() < nextOffset || batch.lastOffset() < batch.baseOffset()) {
                        problem = file.getFileName() + " at byte " + position + ": offset " + batch.baseOffset()
                                + " after " + (nextOffset - 1);
                    } else {
                        batches++;
                        records += batch.recordCount();
                        sizeBytes += batch.sizeBytes();
                        nextOffset = batch.nextOffset();
                    }
                });
                if (problem == null && !end.problem().isEmpty()) {
                    problem = file.getFileName() + " at byte " + end.position() + ": " + end.problem();
                }
            } catch (IOException e) {
                problem = file.getFileName() + " cannot be read: " + e.getMessage();
            }
        }
    }
}
