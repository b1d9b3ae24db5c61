package io.daybook.log.local;

import io.daybook.log.JournalConfig;
import io.daybook.log.segment.StorageFault;
import io.daybook.runtime.BlockBuffers;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.DiskFullException;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Worker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit. Chains with new bytes queue up here; each round takes all that wait, makes them durable with as few syncs
 * as it can, and tells their owners. A long run is synced in its segment; short ones are copied into the journal and synced
 * there together, which is quicker even for a single one: the file does not grow. {@link #submit} may be called by any
 * thread; the rest runs on the flusher's worker.
 */
final class Flusher {
    private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);

    /** So few files are synced in place sooner: it saves no other syncs that their bytes go through the journal. */
    private static final int FEW_FILES = 2;

    private static final int FEW_FILES_SHARE = 6;
    /**
     * Where few chains use the journal, one with so many bytes there is synced in its segments: the sync of what fills a whole
     * file of the journal would hold up the rounds behind it for many milliseconds. The shares of many are small.
     */
    private static final int SETTLED_BYTES = 256 << 10;
    /** When nothing could be written for want of space, it is tried again after so long. */
    private static final int RETRY_MS = 100;

    private final Drive drive;
    private final Worker worker;
    private final Disk disk;
    private final Journal journal;
    private final JournalConfig config;
    private final Queue<LocalChain> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private long checkpointIntervalMs = Long.MAX_VALUE;
    private long lastCheckpointMs;

    Flusher(Drive drive, Worker worker, JournalConfig config) {
        this.drive = drive;
        this.worker = worker;
        this.disk = drive.disk();
        this.journal = new Journal(drive, config);
        this.config = config;
    }

    Worker worker() {
        return worker;
    }

    Journal journal() {
        return journal;
    }

    /** From now on recovery points are written this often, when there is something to write. */
    void checkpointEvery(long intervalMs) {
        checkpointIntervalMs = intervalMs;
        lastCheckpointMs = drive.ticker().monotonicMs();
    }

    /** Announces a chain that has a pending run and did not have one before, or one that was put off. */
    void submit(LocalChain chain) {
        waiting.add(chain);
        if (scheduled.compareAndSet(false, true)) {
            worker.execute(this::round);
        }
    }

    private void round() {
        scheduled.set(false);
        List<Commit> commits = takeWaiting();
        if (!commits.isEmpty()) {
            commit(commits);
            tellOwners(commits);
            for (Commit commit : commits) {
                if (!commit.isPutOff) {
                    commit.run.release();
                }
            }
            tidyUp(commits);
        }
        if (!waiting.isEmpty() && scheduled.compareAndSet(false, true)) {
            worker.execute(this::round);
        }
    }

    private List<Commit> takeWaiting() {
        List<Commit> commits = new ArrayList<>();
        for (LocalChain chain = waiting.poll(); chain != null; chain = waiting.poll()) {
            CommitRun putOff = chain.flushState().takePutOff();
            CommitRun pending = chain.takePending();
            CommitRun run = CommitRun.join(putOff, pending);
            if (putOff != null && pending != null) {
                putOff.replacedBy(pending);
            }
            if (run != null) {
                commits.add(new Commit(chain, run));
            }
        }
        return commits;
    }

    private void commit(List<Commit> commits) {
        if (!drive.isOnline()) {
            fail(commits);
            return;
        }
        try {
            int limitBytes =
                    commits.size() > FEW_FILES ? config.directRunBytes() : config.directRunBytes() / FEW_FILES_SHARE;
            commits.forEach(commit -> commit.journaled = commit.run.sizeBytes() < limitBytes);
            noteNames(commits);
            writeJournal(commits);
            syncNames(commits);
            syncInPlace(commits);
        } catch (IOException | RuntimeException e) {
            // whatever went wrong in between: nothing of this round may count as durable
            drive.goOffline("sync", e);
            fail(commits);
        }
    }

    private static void noteNames(List<Commit> commits) {
        for (Commit commit : commits) {
            if (commit.run.directoryChanged) {
                FlushState state = commit.chain.flushState();
                state.namesChanged(state.durableOffset() == 0);
            }
        }
    }

    /** The names of new segments are made durable before anything in them is. The journal knows the names of its own. */
    private void syncNames(List<Commit> commits) throws IOException {
        boolean anyNew = false;
        for (Commit commit : commits) {
            if (!commit.journaled && !commit.isOver()) {
                anyNew |= drive.syncNames(commit.chain);
            }
        }
        if (anyNew) {
            disk.syncDirectory(drive.root());
        }
    }

    private void writeJournal(List<Commit> commits) throws IOException {
        long room = 0;
        for (Commit commit : commits) {
            room += commit.journaled ? journal.roomFor(commit.run) : 0;
        }
        if (room == 0) {
            return;
        }
        if (BlockBuffers.roundUp(room) > config.fileBytes()) {
            commits.forEach(commit -> commit.journaled = false);
            return;
        }
        try {
            journal.beginRound(room);
            for (Commit commit : commits) {
                if (commit.journaled && !commit.isOver()) {
                    // in the order of the log: what a power loss leaves of an unfinished round is then a begin of it
                    for (CommitRun run : commit.run.fromTheFirst()) {
                        journal.write(commit.chain, run);
                        commit.chain.flushState().addJournaled(run.segment, run.toPosition - run.fromPosition);
                    }
                    commit.chain.flushState().advance(commit.run.endOffset);
                }
            }
            journal.endRound();
        } catch (IOException e) {
            if (Drive.faultOf(e) != StorageFault.DISK_FULL) {
                throw e;
            }
            journal.abandonRound();
            commits.forEach(commit -> commit.journaled = false);
        }
    }

    private void syncInPlace(List<Commit> commits) throws IOException {
        List<Commit> direct = new ArrayList<>();
        List<DiskFile> files = new ArrayList<>();
        for (Commit commit : commits) {
            if (!commit.journaled && !commit.isOver() && writeOut(commit)) {
                direct.add(commit);
                for (CommitRun run = commit.run; run != null; run = run.previous) {
                    files.add(run.file);
                }
            }
        }
        if (direct.isEmpty()) {
            return;
        }
        disk.syncAll(files);
        for (Commit commit : direct) {
            LocalChain chain = commit.chain;
            for (CommitRun run = commit.run; run != null; run = run.previous) {
                chain.flushState().journaled().remove(run.segment);
            }
            chain.flushState().advance(commit.run.endOffset);
            settle(chain);
        }
    }

    /** Whether the files have all bytes; if there is no space for them, the owner goes on waiting. */
    private static boolean writeOut(Commit commit) throws IOException {
        try {
            for (CommitRun run : commit.run.fromTheFirst()) {
                run.file.writeOut();
            }
            return true;
        } catch (DiskFullException e) {
            commit.isPutOff = true;
            commit.chain.flushState().putOff(commit.run);
            return false;
        }
    }

    /** What nobody waits for: the owners know of their round by now. */
    private void tidyUp(List<Commit> commits) {
        if (!drive.isOnline()) {
            return;
        }
        try {
            settle(commits);
            journal.retireSome();
            if (waiting.isEmpty()) {
                journal.growSome();
            }
            checkpointIfDue();
        } catch (DiskFullException e) {
            staysJournaled(e);
        } catch (IOException | RuntimeException e) {
            drive.goOffline("sync of journaled segments", e);
        }
    }

    private void settle(List<Commit> commits) throws IOException {
        if (!journal.holdsAtMost(FEW_FILES)) {
            return;
        }
        for (Commit commit : commits) {
            if (commit.chain.flushState().journaledBytes() >= SETTLED_BYTES) {
                settle(commit.chain);
            }
        }
    }

    private void settle(LocalChain chain) throws IOException {
        try {
            journal.settle(chain);
        } catch (DiskFullException e) {
            staysJournaled(e);
        }
    }

    /** What is held in memory cannot be written now; a later round tries it again. */
    private void staysJournaled(DiskFullException e) {
        LOG.atDebug().addKeyValue("directory", drive.root()).setCause(e).log("no space to write segments");
    }

    private void checkpointIfDue() throws IOException {
        long nowMs = drive.ticker().monotonicMs();
        if (nowMs - lastCheckpointMs >= checkpointIntervalMs) {
            lastCheckpointMs = nowMs;
            try {
                drive.writeRecoveryOffsets();
            } catch (IOException e) {
                if (Drive.faultOf(e) != StorageFault.DISK_FULL) {
                    throw e;
                }
            }
        }
    }

    private static void fail(List<Commit> commits) {
        for (Commit commit : commits) {
            commit.failed = true;
            if (commit.isPutOff) {
                commit.isPutOff = false;
                commit.chain.flushState().takePutOff();
            }
        }
    }

    private void tellOwners(List<Commit> commits) {
        Map<Shard, List<Commit>> byOwner = new IdentityHashMap<>();
        List<Shard> inOrder = new ArrayList<>();
        for (Commit commit : commits) {
            Shard owner = commit.chain.owner();
            @Nullable List<Commit> ofOwner = byOwner.get(owner);
            if (ofOwner == null) {
                ofOwner = new ArrayList<>();
                byOwner.put(owner, ofOwner);
                inOrder.add(owner);
            }
            ofOwner.add(commit);
        }
        for (Shard owner : inOrder) {
            List<Commit> ofOwner = byOwner.getOrDefault(owner, List.of());
            owner.post(() -> ofOwner.forEach(this::tell));
        }
    }

    /** On the owner. */
    private void tell(Commit commit) {
        LocalChain chain = commit.chain;
        if (commit.failed) {
            chain.fail(StorageFault.DISK_FAILED);
        } else if (commit.isPutOff) {
            chain.owner().schedule(RETRY_MS, () -> submit(chain));
        } else {
            chain.committed(commit.run.endOffset, commit.run.segment, commit.run.toPosition);
        }
    }

    /** One chain's part in a round. */
    private static final class Commit {
        private final LocalChain chain;
        private final CommitRun run;
        private boolean journaled;
        private boolean failed;
        /** There was no space to make it durable; the chain keeps the run. */
        private boolean isPutOff;

        Commit(LocalChain chain, CommitRun run) {
            this.chain = chain;
            this.run = run;
        }

        boolean isOver() {
            return chain.isGone();
        }
    }
}
