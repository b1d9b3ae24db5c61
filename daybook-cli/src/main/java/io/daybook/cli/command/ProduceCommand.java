package io.daybook.cli.command;

import io.daybook.base.TopicPartition;
import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.Compression;
import io.daybook.base.record.RecordHeader;
import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import io.daybook.cli.GlobalOptions;
import io.daybook.cli.Session;
import io.daybook.cli.client.BatchSender;
import io.daybook.cli.client.Offsets;
import io.daybook.cli.client.Partitioner;
import io.daybook.cli.output.Progress;
import io.daybook.runtime.RandomSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook produce}. */
@Command(
        name = "produce",
        mixinStandardHelpOptions = true,
        description = "Publish the lines of standard input, one record each; done when they are on stable storage.",
        footer = {"", "Example: daybook produce orders -k : -z zstd --file orders.txt"})
public final class ProduceCommand implements Runnable {
    private final Session session;

    @Mixin
    private final GlobalOptions options;

    @Parameters(paramLabel = "TOPIC", description = "The name.")
    private String topic = "";

    @Option(
            names = {"-k", "--key-separator"},
            paramLabel = "KEYSEP",
            description = "What divides a line into key and value.")
    private String keySeparator = "";

    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME=VALUE",
            description = "A header of every record; may be repeated.")
    private Map<String, String> headers = new LinkedHashMap<>();

    @Option(
            names = {"-p", "--partition"},
            paramLabel = "N",
            description = "All records to this partition. Default: by key, or in turn.")
    private int partition = -1;

    @Option(
            names = {"-z", "--compression"},
            paramLabel = "CODEC",
            description = "none, gzip, snappy, lz4 or zstd. Default: none.")
    private String codec = "none";

    @Option(names = "--file", paramLabel = "FILE", description = "Read this file instead of standard input.")
    private @Nullable Path file;

    /** For picocli. */
    public ProduceCommand(Session session) {
        this.session = session;
        this.options = new GlobalOptions(session);
    }

    @Override
    public void run() {
        Compression compression = Compression.named(codec)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "'" + codec + "' is not a codec", "-z none, gzip, snappy, lz4 or zstd"));
        Offsets offsets = new Offsets(session.client());
        int partitions = session.client().partitions(topic, true).size();
        if (partition >= partitions) {
            throw new CommandException(
                    ExitCode.NOT_FOUND, "topic '" + topic + "' has no partition " + partition + ", only " + partitions);
        }
        BatchSender sender = new BatchSender(session.client(), offsets, compression);
        Partitioner partitioner =
                new Partitioner(partitions, RandomSource.system().nextInt(partitions));
        try (InputStream lines = open();
                Progress progress = session.progress()) {
            byte[] line;
            while ((line = readLine(lines)) != null) {
                add(line, sender, partitioner);
                if (lines.available() == 0) {
                    // Whoever types wants each line to arrive; whoever pipes waits at the end anyway.
                    sender.flush();
                }
                progress.show(sender.sentRecords() + " records");
            }
            sender.flush();
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    (file == null ? "standard input" : "the file " + file) + " cannot be read: " + e.getMessage());
        }
        session.tell(sender.sentRecords() + " records, " + sender.sentBytes() + " bytes, on stable storage");
    }

    private InputStream open() throws IOException {
        if (file == null) {
            return new BufferedInputStream(session.in(), 64 * 1024);
        }
        if (!Files.isRegularFile(file)) {
            throw new CommandException(ExitCode.NOT_FOUND, "the file " + file + " does not exist");
        }
        return new BufferedInputStream(Files.newInputStream(file), 64 * 1024);
    }

    private void add(byte[] line, BatchSender sender, Partitioner partitioner) {
        byte[] separator = keySeparator.getBytes(StandardCharsets.UTF_8);
        int at = separator.length == 0 ? -1 : indexOf(line, separator);
        @Nullable ByteBuffer key = at < 0 ? null : ByteBuffer.wrap(line, 0, at).slice();
        int valueBegin = at < 0 ? 0 : at + separator.length;
        ByteBuffer value =
                ByteBuffer.wrap(line, valueBegin, line.length - valueBegin).slice();
        List<RecordHeader> recordHeaders = new ArrayList<>();
        headers.forEach((name, text) ->
                recordHeaders.add(new RecordHeader(name, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))));
        int target =
                partition >= 0 ? partition : key == null ? partitioner.forRecord(line.length) : partitioner.forKey(key);
        sender.add(
                new TopicPartition(topic, target),
                new BatchRecord(0, System.currentTimeMillis(), key, value, recordHeaders));
    }

    /** The bytes up to a newline, as they are; null at the end. */
    private static byte @Nullable [] readLine(InputStream in) throws IOException {
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        int octet = in.read();
        if (octet < 0) {
            return null;
        }
        while (octet >= 0 && octet != '\n') {
            line.write(octet);
            octet = in.read();
        }
        return line.toByteArray();
    }

    private static int indexOf(byte[] line, byte[] separator) {
        for (int start = 0; start + separator.length <= line.length; start++) {
            int matched = 0;
            while (matched < separator.length && line[start + matched] == separator[matched]) {
                matched++;
            }
            if (matched == separator.length) {
                return start;
            }
        }
        return -1;
    }
}
