package io.daybook.metadata;

import io.daybook.base.Uuid;
import io.daybook.metadata.MetadataChange.ClusterNamed;
import io.daybook.runtime.Disk;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metadata in the files of one directory. A commit is on stable storage before anybody sees it. Owned by the metadata
 * shard; the files are touched by the worker only. After a failed sync nothing is committed any more: what is on disk then
 * is known again after a restart.
 */
public final class EmbeddedMetadataStore implements MetadataStore {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedMetadataStore.class);
    private static final long MIN_JOURNAL_BYTES = 1 << 20;

    private final Shard shard;
    private final Worker worker;
    private final MetadataFiles files;
    private final long minJournalBytes;
    private final MetadataRecovery recovery;
    private final List<MetadataListener> listeners = new ArrayList<>();
    private volatile MetadataImage image;
    private boolean committing;
    private boolean closing;
    private boolean hasFailed;
    private volatile String problem = "";
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private record Written(boolean isCommitted, boolean isFinal, String problem) {}

    private EmbeddedMetadataStore(Shard shard, Worker worker, MetadataFiles.Opened opened, long minJournalBytes) {
        this.shard = shard;
        this.worker = worker;
        this.files = opened.files();
        this.image = opened.image();
        this.recovery = opened.recovery();
        this.minJournalBytes = minJournalBytes;
    }

    /**
     * Opens the metadata in a directory, or begins it there for a cluster of that name. Blocks; before the broker runs.
     *
     * @param clusterId names a cluster that begins here; one that is there keeps its name
     * @throws MetadataDirectoryException if the directory cannot be used; the message says why
     */
    public static EmbeddedMetadataStore open(Disk disk, Path directory, Shard shard, Worker worker, Uuid clusterId)
            throws IOException {
        return open(shard, worker, begin(disk, directory, clusterId), MIN_JOURNAL_BYTES);
    }

    /** {@code minJournalBytes} is from when on a journal may be replaced by a snapshot. */
    static EmbeddedMetadataStore open(Shard shard, Worker worker, MetadataFiles.Opened opened, long minJournalBytes) {
        return new EmbeddedMetadataStore(shard, worker, opened, minJournalBytes);
    }

    static MetadataFiles.Opened begin(Disk disk, Path directory, Uuid clusterId) throws IOException {
        MetadataFiles.Opened opened = MetadataFiles.open(disk, directory);
        if (opened.recovery().truncatedBytes() > 0) {
            log.atWarn()
                    .addKeyValue("directory", directory)
                    .addKeyValue("version", opened.image().version())
                    .addKeyValue("truncatedBytes", opened.recovery().truncatedBytes())
                    .addKeyValue("error", opened.recovery().reason())
                    .log("an interrupted change of the metadata, which nobody was told of, was cut off");
        }
        if (opened.image().clusterId().isEmpty()) {
            List<MetadataChange> first = List.of(new ClusterNamed(clusterId.toString()));
            try {
                opened.files().append(opened.image().version(), first);
            } catch (IOException e) {
                opened.files().close(); // whoever makes room may try again
                throw e;
            }
            opened = new MetadataFiles.Opened(opened.files(), first.get(0).applyTo(opened.image()), opened.recovery());
        }
        return opened;
    }

    /** What was found when it was opened. */
    public MetadataRecovery recovery() {
        return recovery;
    }

    /** What the last commit found wrong with the disk, even if it succeeded; empty if nothing. For any thread. */
    public String problem() {
        return problem;
    }

    @Override
    public MetadataImage image() {
        return image;
    }

    @Override
    public CompletableFuture<CommitResult> commit(long expectedVersion, List<MetadataChange> changes) {
        shard.checkOwner();
        MetadataImage before = image;
        if (committing) {
            throw new IllegalStateException("a commit is under way");
        }
        if (hasFailed || closing) {
            String reason = hasFailed ? problem : "the store is closed";
            return CompletableFuture.completedFuture(new CommitResult.StoreFailed(before, reason));
        }
        if (before.version() != expectedVersion) {
            return CompletableFuture.completedFuture(new CommitResult.Conflict(before));
        }
        List<MetadataChange> fixed = List.copyOf(changes);
        MetadataImage after = before;
        for (MetadataChange change : fixed) {
            after = change.applyTo(after);
        }
        MetadataImage result = after;
        CompletableFuture<CommitResult> committed = new CompletableFuture<>();
        committing = true;
        worker.execute(() -> {
            Written written = write(before, result, fixed);
            shard.post(() -> finish(result, fixed, written, committed));
        });
        return committed;
    }

    @Override
    public void listen(MetadataListener listener) {
        listeners.add(listener);
    }

    @Override
    public CompletableFuture<Void> close() {
        shard.run(() -> {
            if (!closing) {
                closing = true;
                worker.execute(this::closeFiles);
            }
        });
        return closed;
    }

    private Written write(MetadataImage before, MetadataImage after, List<MetadataChange> changes) {
        try {
            files.append(before.version(), changes);
        } catch (MetadataFiles.NotWrittenException e) {
            return new Written(false, false, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Written(false, true, e.toString());
        }
        try {
            if (files.isSnapshotDue(minJournalBytes)) {
                files.snapshot(after);
            }
            return new Written(true, false, "");
        } catch (MetadataFiles.NotWrittenException e) {
            return new Written(true, false, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Written(true, true, e.toString());
        }
    }

    private void finish(
            MetadataImage after,
            List<MetadataChange> changes,
            Written written,
            CompletableFuture<CommitResult> answer) {
        shard.checkOwner();
        committing = false;
        problem = written.problem();
        hasFailed = written.isFinal();
        if (hasFailed) {
            log.atError()
                    .addKeyValue("version", image.version())
                    .addKeyValue("error", problem)
                    .log("the metadata cannot be changed any more until a restart");
        } else if (!problem.isEmpty()) {
            log.atWarn()
                    .addKeyValue("version", image.version())
                    .addKeyValue("error", problem)
                    .log("the metadata was not written, probably for want of space");
        }
        MetadataImage before = image;
        if (!written.isCommitted()) {
            answer.complete(new CommitResult.StoreFailed(before, problem));
            return;
        }
        image = after;
        for (MetadataListener listener : listeners) {
            listener.onCommit(before, after, changes);
        }
        answer.complete(new CommitResult.Committed(after));
    }

    private void closeFiles() {
        try {
            files.close();
            closed.complete(null);
        } catch (IOException e) {
            closed.completeExceptionally(e);
        }
    }
}
