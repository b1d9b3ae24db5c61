package io.daybook.cli.command;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import io.daybook.base.record.BatchRecord;
import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import io.daybook.cli.GlobalOptions;
import io.daybook.cli.Session;
import io.daybook.cli.client.Fetcher;
import io.daybook.cli.client.GroupMember;
import io.daybook.cli.client.Groups;
import io.daybook.cli.client.OffsetSpec;
import io.daybook.cli.client.Offsets;
import io.daybook.cli.client.ProtocolException;
import io.daybook.cli.output.Progress;
import io.daybook.cli.output.RecordFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daybook consume}. */
@Command(
        name = "consume",
        mixinStandardHelpOptions = true,
        description = "Print the records of topics, up to their end, or on and on with --follow.",
        footer = {
            "",
            "Formats: json, or a text with %%v value %%k key %%o offset %%p partition %%t topic",
            "         %%T timestamp %%I timestamp (ISO) %%h headers %%%% \\n \\t",
            "Example: daybook consume orders -o @2h -f '%%I %%k %%v\\n'"
        })
public final class ConsumeCommand implements Runnable {
    private static final int POLL_MS = 500;
    private static final long FINISH_TIMEOUT_S = 5;

    private final Session session;

    @Mixin
    private final GlobalOptions options;

    @Parameters(paramLabel = "TOPIC", arity = "1..*", description = "The names.")
    private List<String> topics = List.of();

    @Option(
            names = {"-o", "--offset"},
            paramLabel = "PLACE",
            description =
                    "start, end, an offset, -10 (before the end), @2h (ago), @2026-01-31T12:00:00Z. Default: start;"
                            + " with -g where the group has not committed.")
    private String place = "start";

    @Option(
            names = {"-p", "--partition"},
            paramLabel = "N",
            description = "Only this partition; may be repeated.")
    private List<Integer> only = List.of();

    @Option(
            names = {"-n", "--count"},
            paramLabel = "COUNT",
            description = "Stop after so many records.")
    private long count = Long.MAX_VALUE;

    @Option(
            names = {"-g", "--group"},
            paramLabel = "GROUP",
            description = "Read as a member of this group, and commit what was printed.")
    private String group = "";

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "How a record is printed. Default: its value and a newline.")
    private String format = "%v\\n";

    @Option(names = "--follow", description = "Wait for new records at the end.")
    private boolean follow;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean interrupted;
    private long printed;

    /** For picocli. */
    public ConsumeCommand(Session session) {
        this.session = session;
        this.options = new GlobalOptions(session);
    }

    @Override
    public void run() {
        RecordFormat recordFormat = RecordFormat.parse(format);
        OffsetSpec from = OffsetSpec.parse(place, System.currentTimeMillis());
        OutputStream out = new BufferedOutputStream(session.out(), 64 * 1024);
        Runtime.getRuntime().addShutdownHook(new Thread(this::finishOnSignal));
        try (Progress progress = session.progress()) {
            Fetcher.Sink sink = (partition, record) -> print(recordFormat, partition, record, out, progress);
            if (group.isEmpty()) {
                alone(from, sink, out);
            } else {
                asMember(from, sink, out);
            }
            out.flush();
        } catch (IOException e) {
            throw brokenPipe(e);
        } finally {
            finished.countDown();
        }
        session.tell(printed + " records");
    }

    /** Ctrl-C and SIGTERM: what was printed is committed, and the group hears that this member leaves. */
    private void finishOnSignal() {
        interrupted = true;
        try {
            if (!finished.await(FINISH_TIMEOUT_S, TimeUnit.SECONDS)) {
                session.err()
                        .println("daybook: the broker does not answer; what was printed last may not be committed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void alone(OffsetSpec from, Fetcher.Sink sink, OutputStream out) throws IOException {
        Offsets offsets = new Offsets(session.client());
        List<TopicPartition> partitions = offsets.partitionsOf(topics).stream()
                .filter(each -> only.isEmpty() || only.contains(each.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new CommandException(ExitCode.NOT_FOUND, "no partition of " + topics + " is among " + only);
        }
        Fetcher fetcher = new Fetcher(session.client(), offsets);
        offsets.list(partitions, from).forEach(fetcher::seek);
        Map<TopicPartition, Long> ends = follow ? Map.of() : offsets.list(partitions, OffsetSpec.END);
        while (!interrupted && printed < count && (follow || dropFinished(fetcher, ends))) {
            boolean more = fetcher.poll(
                    POLL_MS,
                    (partition, record) -> record.offset() >= ends.getOrDefault(partition, Long.MAX_VALUE)
                            || sink.accept(partition, record));
            out.flush();
            if (!more) {
                return;
            }
        }
    }

    private void asMember(OffsetSpec from, Fetcher.Sink sink, OutputStream out) throws IOException {
        if (!only.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, "-p and -g exclude each other: the group divides the partitions");
        }
        Offsets offsets = new Offsets(session.client());
        Groups groups = new Groups(session.client());
        Fetcher fetcher = new Fetcher(session.client(), offsets);
        GroupMember member = new GroupMember(session.client(), group, topics);
        Set<TopicPartition> reading = new HashSet<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        long nextHeartbeatNanos = System.nanoTime();
        boolean more = true;
        boolean assigned = false;
        while (more && !interrupted && printed < count) {
            if (System.nanoTime() - nextHeartbeatNanos >= 0) {
                if (member.heartbeat(revoked -> commit(groups, member, fetcher, revoked))) {
                    assigned = true;
                    adopt(member.owned(), reading, fetcher, starting(groups, offsets, member, from));
                    ends.putAll(follow ? Map.of() : offsets.list(member.owned(), OffsetSpec.END));
                }
                nextHeartbeatNanos = System.nanoTime() + Math.min(POLL_MS, member.intervalMs()) * 1_000_000L;
            }
            if (!follow && assigned && caughtUp(fetcher, ends)) {
                break;
            }
            more = fetcher.positions().isEmpty() ? idle() : fetcher.poll(POLL_MS, sink);
            out.flush();
            if (!commit(groups, member, fetcher, reading)) {
                nextHeartbeatNanos = System.nanoTime();
            }
        }
        member.leave();
    }

    private static boolean idle() {
        io.daybook.cli.client.ClusterClient.pause();
        return true;
    }

    private Map<TopicPartition, Long> starting(Groups groups, Offsets offsets, GroupMember member, OffsetSpec from) {
        Map<TopicPartition, Long> starts = new HashMap<>(offsets.list(member.owned(), from));
        starts.putAll(groups.offsets(group));
        return starts;
    }

    private static void adopt(
            Set<TopicPartition> owned, Set<TopicPartition> reading, Fetcher fetcher, Map<TopicPartition, Long> starts) {
        reading.stream().filter(each -> !owned.contains(each)).forEach(fetcher::forget);
        owned.stream()
                .filter(each -> !reading.contains(each))
                .forEach(each -> fetcher.seek(each, starts.getOrDefault(each, 0L)));
        reading.clear();
        reading.addAll(owned);
    }

    /**
     * Commits what was printed.
     *
     * @return false if the group has moved on meanwhile: the next heartbeat tells where to, and the commit follows it
     */
    private boolean commit(Groups groups, GroupMember member, Fetcher fetcher, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> positions = new HashMap<>(fetcher.positions());
        positions.keySet().retainAll(partitions);
        if (positions.isEmpty()) {
            return true;
        }
        try {
            groups.commit(group, member.membership(), positions);
            return true;
        } catch (ProtocolException e) {
            if (e.code() == ErrorCode.STALE_MEMBER_EPOCH || e.code() == ErrorCode.UNKNOWN_MEMBER_ID) {
                return false;
            }
            throw e;
        }
    }

    private static boolean caughtUp(Fetcher fetcher, Map<TopicPartition, Long> ends) {
        return fetcher.positions().entrySet().stream()
                .allMatch(each -> each.getValue() >= ends.getOrDefault(each.getKey(), Long.MAX_VALUE));
    }

    /** Reads on only where something is left; false if nothing is. */
    private static boolean dropFinished(Fetcher fetcher, Map<TopicPartition, Long> ends) {
        fetcher.positions().forEach((partition, position) -> {
            if (position >= ends.getOrDefault(partition, Long.MAX_VALUE)) {
                fetcher.forget(partition);
            }
        });
        return !fetcher.positions().isEmpty();
    }

    private boolean print(
            RecordFormat recordFormat,
            TopicPartition partition,
            BatchRecord record,
            OutputStream out,
            Progress progress) {
        try {
            recordFormat.print(partition, record, out);
        } catch (IOException e) {
            throw brokenPipe(e);
        }
        printed++;
        if (!follow) {
            progress.show(printed + " records");
        }
        return printed < count;
    }

    private static CommandException brokenPipe(IOException failure) {
        return new CommandException(ExitCode.FAILURE, "cannot write to standard output: " + failure.getMessage());
    }
}
