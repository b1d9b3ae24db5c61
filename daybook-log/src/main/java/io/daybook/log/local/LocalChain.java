package io.daybook.log.local;

import io.daybook.base.TopicIdPartition;
import io.daybook.log.segment.BlobKind;
import io.daybook.log.segment.Segment;
import io.daybook.log.segment.SegmentChain;
import io.daybook.log.segment.StorageFault;
import io.daybook.runtime.Completions;
import io.daybook.runtime.Shard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A chain in a directory of its own. Owned by a shard, but for what the flusher takes: the pending run. */
final class LocalChain implements SegmentChain {
    private final Drive drive;
    private final TopicIdPartition id;
    private final Shard owner;
    private final long ownerEpoch;
    private final Consumer<LocalChain> onClosed;
    private final AtomicReference<@Nullable CommitRun> pending = new AtomicReference<>();
    private final FlushState flushState = new FlushState();
    private volatile boolean gone;

    private List<Segment> initialSegments = List.of();
    private List<Long> initialSnapshots = List.of();
    private long recoveryOffset;
    private long startOffset;
    private @Nullable Listener listener;
    private final List<LocalSegment> dirty = new ArrayList<>(1);
    private final List<LocalSegment> opened = new ArrayList<>(1);
    private final ChainBlobs blobs;
    private boolean directoryChanged;
    /** The last segment. */
    private @Nullable LocalSegment active;

    private CompletableFuture<Void> startOffsetStored = CompletableFuture.completedFuture(null);
    private StorageFault fault = StorageFault.NONE;

    LocalChain(Drive drive, TopicIdPartition id, Shard owner, long ownerEpoch, Consumer<LocalChain> onClosed) {
        this.drive = drive;
        this.id = id;
        this.owner = owner;
        this.ownerEpoch = ownerEpoch;
        this.onClosed = onClosed;
        this.blobs = new ChainBlobs(this);
    }

    /** What was found on the disk; before the chain is handed to its owner. */
    void found(ChainFiles files, long knownRecoveryOffset, long knownStartOffset) {
        List<Segment> segments = new ArrayList<>(files.segments().size());
        for (ChainFiles.SegmentFile file : files.segments()) {
            LocalSegment segment = new LocalSegment(this, file.baseOffset(), file.sizeBytes());
            segments.add(segment);
        }
        initialSegments = List.copyOf(segments);
        opened.addAll(segments.stream().map(LocalSegment.class::cast).toList());
        active = opened.isEmpty() ? null : opened.get(opened.size() - 1);
        initialSnapshots = files.snapshots();
        recoveryOffset = knownRecoveryOffset;
        startOffset = knownStartOffset;
        // a kill may have come between the making of a segment and the sync of its name
        directoryChanged = true;
        flushState.namesChanged(true);
        flushState.advance(knownRecoveryOffset);
    }

    TopicIdPartition id() {
        return id;
    }

    Drive drive() {
        return drive;
    }

    Shard owner() {
        return owner;
    }

    String directoryName() {
        return id.topicPartition().toString();
    }

    Path directory() {
        return drive.root().resolve(directoryName());
    }

    /** For the flusher only. */
    FlushState flushState() {
        return flushState;
    }

    /** Fenced or deleted: nobody waits for it any more, and its files may be missing. */
    boolean isGone() {
        return gone;
    }

    /** Another owner has it, or it is deleted. From any thread. */
    void fence() {
        gone = true;
        owner.post(() -> fail(StorageFault.FENCED));
    }

    /** The run that waits, for the flusher. */
    @Nullable
    CommitRun takePending() {
        return pending.getAndSet(null);
    }

    @Override
    public long ownerEpoch() {
        return ownerEpoch;
    }

    @Override
    public List<Segment> initialSegments() {
        return initialSegments;
    }

    @Override
    public long recoveryOffset() {
        return recoveryOffset;
    }

    @Override
    public long startOffset() {
        return startOffset;
    }

    @Override
    public void listen(Listener newListener) {
        owner.checkOwner();
        listener = newListener;
        initialSegments = List.of();
        initialSnapshots = List.of();
        if (!drive.isOnline()) {
            owner.post(() -> fail(StorageFault.DISK_FAILED));
        }
    }

    private boolean writeOut(List<LocalSegment> segments) {
        try {
            for (LocalSegment segment : segments) {
                segment.writeOut();
            }
            return true;
        } catch (IOException e) {
            failed("write", e);
            return false;
        }
    }

    @Override
    public boolean writeOut() {
        owner.checkOwner();
        LocalSegment last = active;
        return last == null || writeOut(List.of(last));
    }

    @Override
    public Segment roll(long baseOffset) {
        owner.checkOwner();
        writeOut();
        LocalSegment next = new LocalSegment(this, baseOffset, 0);
        opened.add(next);
        active = next;
        blobs.rolled();
        directoryChanged = true;
        if (writable(next) == StorageFault.NONE) {
            try {
                next.create();
            } catch (IOException e) {
                failed("create segment", e);
            }
        }
        return next;
    }

    /** Whether this segment takes bytes now. */
    StorageFault writable(LocalSegment segment) {
        if (gone) {
            return StorageFault.FENCED;
        }
        if (!drive.isOnline()) {
            return StorageFault.DISK_FAILED;
        }
        return fault;
    }

    /** What an error means; all but a full disk takes the drive offline. */
    StorageFault failed(String doing, IOException e) {
        StorageFault found = Drive.faultOf(e);
        if (found != StorageFault.DISK_FULL && !gone) {
            drive.goOffline(doing, e);
        }
        return found;
    }

    void appended(LocalSegment segment) {
        if (segment.isInChain() && !dirty.contains(segment)) {
            dirty.add(segment);
        }
    }

    @Override
    public void sync() {
        owner.checkOwner();
        for (LocalSegment segment : dirty) {
            CommitRun run;
            try {
                run = segment.takeRun(directoryChanged);
            } catch (IOException e) {
                failed("open segment", e);
                return;
            }
            directoryChanged = false;
            CommitRun before = pending.getAndAccumulate(run, CommitRun::join);
            if (before == null) {
                drive.flusher().submit(this);
            } else {
                before.replacedBy(run);
            }
        }
        dirty.clear();
    }

    @Override
    public CompletableFuture<Void> recovered(long endOffset) {
        owner.checkOwner();
        // the next opening trusts the indexes of what is known to be whole, so they are written first
        return changeBetweenRounds("sync after recovery", () -> {
            // what the journal has of it may go beyond the cut; put over what comes there now, it would destroy it
            drive.flusher().journal().empty(this);
            flushState.advance(endOffset);
            drive.recoveryOffsets().put(id.topicPartition(), flushState.durableOffset());
            return true;
        });
    }

    /** The flusher has made everything durable up to here. */
    void committed(long endOffset, LocalSegment segment, long position) {
        Listener current = listener;
        if (!gone && fault == StorageFault.NONE && current != null) {
            current.durable(endOffset, segment, position);
        }
    }

    /** Nothing more becomes durable. */
    void fail(StorageFault newFault) {
        Listener current = listener;
        if (fault == StorageFault.NONE && current != null) {
            fault = newFault;
            current.failed(newFault);
        }
    }

    @Override
    public CompletableFuture<Void> remove(List<Segment> segments) {
        owner.checkOwner();
        List<Path> paths = new ArrayList<>();
        for (Segment segment : segments) {
            LocalSegment local = (LocalSegment) segment;
            local.remove();
            opened.remove(local);
            dirty.remove(local);
            paths.add(local.path());
            for (BlobKind kind : ChainFiles.OF_A_SEGMENT) {
                paths.add(directory().resolve(FileNames.of(kind, segment.baseOffset())));
            }
        }
        return change("delete segments", () -> {
            drive.disk().syncDirectory(directory());
            for (Path path : paths) {
                if (drive.disk().exists(path)) {
                    drive.disk().delete(path);
                }
            }
            return true;
        });
    }

    @Override
    public Segment createReplacement(long baseOffset) {
        owner.checkOwner();
        LocalSegment replacement = new LocalSegment(this, baseOffset, 0);
        replacement.renamed(FileNames.CLEANED);
        try {
            replacement.create();
        } catch (IOException e) {
            failed("create segment", e);
        }
        return replacement;
    }

    @Override
    public CompletableFuture<Void> replace(List<Segment> replaced, Segment replacement) {
        owner.checkOwner();
        LocalSegment cleaned = (LocalSegment) replacement;
        SegmentSwap swap = new SegmentSwap(
                drive, this, replaced.stream().map(Segment::baseOffset).toList(), replacement.baseOffset());
        try {
            for (Segment segment : replaced) {
                ((LocalSegment) segment).pin();
            }
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        cleaned.rest();
        // a load that was asked for before they were pinned finds its file by its name, so it comes first
        return changeBetweenRounds("replace segments", swap::run).thenAccept(done -> {
            for (Segment segment : replaced) {
                ((LocalSegment) segment).remove();
                opened.remove((LocalSegment) segment);
            }
            opened.add(cleaned);
            cleaned.renamed(FileNames.LOG);
        });
    }

    @Override
    public CompletableFuture<Void> setStartOffset(long newStartOffset) {
        owner.checkOwner();
        startOffset = newStartOffset;
        // A start deletes what lies before. A producer snapshot that could be made from it must be durable by then,
        // with its name; the writing of it comes before this in the background.
        Path directory = directory();
        CompletableFuture<Void> snapshots = change("sync directory", () -> {
            drive.disk().syncDirectory(directory);
            return true;
        });
        startOffsetStored = snapshots.thenCompose(done -> {
            if (gone) {
                return CompletableFuture.failedFuture(new IOException(id + " was deleted, or has another owner"));
            }
            drive.startOffsets().put(id.topicPartition(), newStartOffset);
            return Completions.on(owner, drive.checkpointSoon());
        });
        return startOffsetStored;
    }

    @Override
    public CompletableFuture<Void> writeBlob(BlobKind kind, long offset, ByteBuffer bytes) {
        owner.checkOwner();
        return blobs.write(kind, offset, bytes);
    }

    @Override
    public CompletableFuture<Optional<ByteBuffer>> readBlob(BlobKind kind, long offset) {
        owner.checkOwner();
        return blobs.read(kind, offset);
    }

    @Override
    public List<Long> initialBlobs(BlobKind kind) {
        return kind == BlobKind.PRODUCER_SNAPSHOT ? initialSnapshots : List.of();
    }

    @Override
    public CompletableFuture<Void> removeBlob(BlobKind kind, long offset) {
        owner.checkOwner();
        return blobs.remove(kind, offset);
    }

    @Override
    public void rest(long unusedMs) {
        owner.checkOwner();
        long unusedSinceMs = drive.ticker().monotonicMs() - unusedMs;
        for (LocalSegment segment : opened) {
            if (segment.lastUseMs() <= unusedSinceMs) {
                segment.rest();
            }
        }
    }

    @Override
    public CompletableFuture<Void> close() {
        owner.checkOwner();
        sync();
        if (!writeOut(opened) && !gone) {
            // what was acknowledged is in the journal still, but nobody would know that once this chain has ended
            drive.goOffline("write of what was held in memory", new IOException("no space left for " + id));
        }
        opened.forEach(LocalSegment::rest);
        // what was put off for want of space, which may be there by now
        drive.flusher().submit(this);
        IoTask<Boolean> blobSync = blobs.sync();
        return startOffsetStored
                .handle((done, failure) -> true)
                .thenCompose(ended -> drive.betweenRounds(owner, () -> {
                    if (drive.isOnline() && !gone) {
                        drive.change("close", () -> closeFiles(blobSync));
                    }
                    return true;
                }))
                .whenComplete((done, error) -> {
                    gone = true;
                    onClosed.accept(this);
                })
                .thenAccept(done -> {});
    }

    /**
     * On the flusher: after this the next opening needs no recovery, even if the power fails. What is durable in the journal
     * needs no sync for that.
     */
    private boolean closeFiles(IoTask<Boolean> blobSync) throws IOException {
        drive.recoveryOffsets().put(id.topicPartition(), flushState.durableOffset());
        drive.flusher().journal().leave(this);
        return blobSync.run();
    }

    /** Between two rounds of the flusher, behind what was asked for in the background, unless the chain is gone by then. */
    private CompletableFuture<Void> changeBetweenRounds(String doing, IoTask<Boolean> task) {
        return drive.inBackground(owner, () -> true)
                .thenCompose(before -> drive.betweenRounds(owner, () -> !gone && drive.change(doing, task)))
                .thenAccept(done -> {});
    }

    /** In the background, unless the chain is gone by then. */
    CompletableFuture<Void> change(String doing, IoTask<Boolean> task) {
        return drive.inBackground(owner, () -> !gone && drive.change(doing, task))
                .thenAccept(done -> {});
    }
}
