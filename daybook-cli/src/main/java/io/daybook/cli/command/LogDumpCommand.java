package io.daybook.cli.command;

import io.daybook.base.TopicPartition;
import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.CorruptRecordException;
import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordReader;
import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import io.daybook.cli.OutputOption;
import io.daybook.cli.Session;
import io.daybook.cli.output.RecordFormat;
import io.daybook.cli.output.Report;
import io.daybook.cli.segment.SegmentFile;
import io.daybook.cli.segment.SegmentFile.End;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook log dump}. */
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        description = "Show the batches of a segment file, or its records.",
        footer = {"", "Example: daybook log dump daybook-data/orders-0/00000000000000000000.log --records"})
public final class LogDumpCommand implements Runnable {
    private static final long MAX_DECOMPRESSED_BYTES = 1024L * 1024 * 1024;

    private final Session session;

    @Mixin
    private final OutputOption output;

    @Parameters(paramLabel = "FILE", description = "A .log file.")
    private Path file = Path.of("");

    @Option(names = "--records", description = "Show the records instead of the batches.")
    private boolean records;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "How a record is printed; see daybook consume --help.")
    private String format = "%o\\t%I\\t%k\\t%v\\n";

    /** For picocli. */
    public LogDumpCommand(Session session) {
        this.session = session;
        this.output = new OutputOption(session);
    }

    @Override
    public void run() {
        try (SegmentFile segment = new SegmentFile(file)) {
            End end = records ? dumpRecords(segment) : dumpBatches(segment);
            if (!end.problem().isEmpty()) {
                throw new CommandException(
                        ExitCode.FAILURE,
                        file + " at byte " + end.position() + ": " + end.problem(),
                        "daybook log verify DIR");
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILURE, file + " cannot be read: " + e.getMessage());
        }
    }

    private End dumpBatches(SegmentFile segment) throws IOException {
        Report report = new Report(
                "position",
                "sizeBytes",
                "baseOffset",
                "lastOffset",
                "records",
                "codec",
                "maxTimestamp",
                "leaderEpoch",
                "producer",
                "sequence",
                "kind",
                "crc");
        End end = segment.forEach((batch, position) -> report.row(
                position,
                batch.sizeBytes(),
                batch.baseOffset(),
                batch.lastOffset(),
                batch.recordCount(),
                batch.compression().codecName(),
                batch.maxTimestamp(),
                batch.partitionLeaderEpoch(),
                batch.hasProducerId() ? batch.producerId() + ":" + batch.producerEpoch() : null,
                batch.hasProducerId() ? Integer.valueOf(batch.baseSequence()) : null,
                kind(batch),
                batch.isValid() ? "ok" : "BAD"));
        session.output().print(report);
        return end;
    }

    private static String kind(RecordBatch batch) {
        String kind = batch.isControl() ? "control" : batch.isTransactional() ? "transactional" : "data";
        return kind.toLowerCase(Locale.ROOT);
    }

    private End dumpRecords(SegmentFile segment) throws IOException {
        RecordFormat recordFormat = RecordFormat.parse(format);
        TopicPartition partition = partitionOf(file);
        OutputStream out = new BufferedOutputStream(session.out(), 64 * 1024);
        End end = segment.forEach((batch, position) -> {
            try (RecordReader reader = RecordReader.of(batch, MAX_DECOMPRESSED_BYTES)) {
                while (reader.hasNext()) {
                    BatchRecord record = reader.next();
                    recordFormat.print(partition, record, out);
                }
            } catch (IOException | CorruptRecordException e) {
                throw new CommandException(
                        ExitCode.FAILURE, file + ", batch at byte " + position + ": " + e.getMessage());
            }
        });
        out.flush();
        return end;
    }

    private static TopicPartition partitionOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        String directory = parent == null ? "" : String.valueOf(parent.getFileName());
        int dash = directory.lastIndexOf('-');
        try {
            return new TopicPartition(
                    directory.substring(0, Math.max(0, dash)), Integer.parseInt(directory.substring(dash + 1)));
        } catch (NumberFormatException e) {
            return new TopicPartition(directory, 0);
        }
    }
}
