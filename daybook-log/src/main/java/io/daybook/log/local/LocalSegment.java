package io.daybook.log.local;

import io.daybook.base.record.Records;
import io.daybook.log.FileRecords;
import io.daybook.log.segment.Segment;
import io.daybook.log.segment.StorageFault;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A segment in a {@code .log} file, opened when it is used. */
final class LocalSegment implements Segment {
    /** The most that is given to one write call: larger ones cost several times the time per byte. */
    static final int CHUNK_BYTES = 128 << 10;

    /** Bytes are held in memory no longer than that. */
    private static final int HELD_MS = 1_000;

    private final LocalChain chain;
    private final long baseOffset;
    private String suffix = FileNames.LOG;
    private long sizeBytes;
    private long submittedBytes;
    private long endOffset;
    /** Set by the owner. */
    private volatile @Nullable SegmentFile open;

    private boolean pinned;
    /** Its name is gone, or another segment's. */
    private boolean isRemoved;

    private long lastUseMs;
    /** Bytes before this position were there when the chain was opened. */
    private final long foundBytes;
    /** What the drive had taken when this segment was opened, and after its last append. */
    private final long driveBytesAtOpen;

    private long driveBytesAtAppend;
    private @Nullable ResidentBlocks resident;
    private boolean isReadingAhead;
    private boolean isWriteOutDue;

    LocalSegment(LocalChain chain, long baseOffset, long sizeBytes) {
        this.chain = chain;
        this.baseOffset = baseOffset;
        this.sizeBytes = sizeBytes;
        this.submittedBytes = sizeBytes;
        this.foundBytes = sizeBytes;
        this.driveBytesAtOpen = chain.drive().cachedBytes().get();
        this.driveBytesAtAppend = driveBytesAtOpen;
    }

    @Override
    public long baseOffset() {
        return baseOffset;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    Path path() {
        return chain.directory().resolve(FileNames.of(baseOffset, suffix));
    }

    /** The file has another suffix from now on. */
    void renamed(String changed) {
        suffix = changed;
    }

    /** Whether this is not a replacement that is still being filled. */
    boolean isInChain() {
        return suffix.equals(FileNames.LOG);
    }

    /** Makes the file. */
    void create() throws IOException {
        DiskFile created = chain.drive().disk().open(path(), Disk.Mode.READ_WRITE);
        if (created.sizeBytes() > 0) {
            created.truncate(0);
        }
        open = opened(created);
    }

    @Override
    public StorageFault append(ByteBuffer bytes, long appendedEndOffset) {
        return append(bytes, appendedEndOffset, false);
    }

    @Override
    public StorageFault appendDeferred(ByteBuffer bytes, long appendedEndOffset) {
        return append(bytes, appendedEndOffset, chain.drive().writeBehind().isWorthHolding(bytes.remaining()));
    }

    private StorageFault append(ByteBuffer bytes, long appendedEndOffset, boolean isHeld) {
        chain.owner().checkOwner();
        StorageFault fault = chain.writable(this);
        if (fault != StorageFault.NONE) {
            return fault;
        }
        try {
            SegmentFile file = file();
            try {
                if (isHeld) {
                    chain.drive().writeBehind().mindRoom(lastUseMs);
                    file.append(bytes, sizeBytes);
                    writeOutSoon();
                } else {
                    writeChunks(file, bytes);
                }
            } catch (IOException e) {
                // what another owner put here meanwhile stays
                if (!chain.isGone()) {
                    file.truncate(sizeBytes);
                }
                throw e;
            }
        } catch (IOException e) {
            return chain.failed("append", e);
        }
        sizeBytes += bytes.remaining();
        endOffset = appendedEndOffset;
        driveBytesAtAppend = chain.drive().cachedBytes().addAndGet(bytes.remaining());
        chain.appended(this);
        return StorageFault.NONE;
    }

    private void writeChunks(DiskFile file, ByteBuffer bytes) throws IOException {
        ByteBuffer chunk = bytes.duplicate();
        int end = bytes.limit();
        long position = sizeBytes;
        while (chunk.position() < end) {
            int length = Math.min(CHUNK_BYTES, end - chunk.position());
            chunk.limit(chunk.position() + length);
            file.write(chunk, position);
            position += length;
        }
    }

    /** A run of what was appended since the last one; the caller submits it. */
    CommitRun takeRun(boolean directoryChanged) throws IOException {
        SegmentFile file = file();
        file.retain();
        CommitRun run = new CommitRun(this, file, submittedBytes, sizeBytes, endOffset, directoryChanged, null);
        submittedBytes = sizeBytes;
        return run;
    }

    @Override
    public CompletableFuture<Void> cutTail(long keptBytes) {
        chain.owner().checkOwner();
        Path path = path();
        Drive drive = chain.drive();
        return drive.inBackground(
                        chain.owner(),
                        () -> drive.change("cut", () -> {
                            try (DiskFile file = drive.disk().open(path, Disk.Mode.READ_WRITE)) {
                                file.truncate(keptBytes);
                                file.sync();
                                return true;
                            }
                        }))
                .thenAccept(done -> {
                    sizeBytes = keptBytes;
                    submittedBytes = keptBytes;
                });
    }

    @Override
    public boolean isResident(long position, int length) {
        return isRecent(position) || isKnown(position, position + length);
    }

    /** Whether what lies here was appended so lately that it is in memory. */
    private boolean isRecent(long position) {
        if (position < foundBytes) {
            return false;
        }
        long own = Math.max(1, sizeBytes - foundBytes);
        double share = (double) (position - foundBytes) / own;
        double writtenAt = driveBytesAtOpen + share * (driveBytesAtAppend - driveBytesAtOpen);
        return chain.drive().cachedBytes().get() - writtenAt < chain.drive().hotBytes();
    }

    private boolean isKnown(long from, long to) {
        ResidentBlocks known = resident;
        return known != null && known.contain(from, to);
    }

    @Override
    public void readResident(ByteBuffer target, long position) throws IOException {
        chain.owner().checkOwner();
        if (file().read(target, position) < 0 || target.hasRemaining()) {
            throw new IOException(path() + " ends before position " + (position + target.limit()));
        }
    }

    @Override
    public Records records(long position, int length) throws IOException {
        chain.owner().checkOwner();
        SegmentFile file = file();
        try {
            file.holdNothingBefore(position + length);
        } catch (IOException e) {
            chain.failed("write", e);
            throw e;
        }
        file.retain();
        readAhead(position + length);
        return new FileRecords(file, position, length, file::release);
    }

    @Override
    public CompletableFuture<ByteBuffer> load(long position, int length) {
        int wanted = (int) Math.max(0, Math.min(length, sizeBytes - position));
        return withFile(file -> {
            ByteBuffer bytes = ByteBuffer.allocate(wanted);
            file.read(bytes, position);
            return bytes.flip();
        });
    }

    @Override
    public CompletableFuture<Records> loadRecords(long position, int length) {
        return bringIn(position, position + length).thenCompose(done -> {
            try {
                return CompletableFuture.completedFuture(records(position, length));
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    /** Who reads on finds the bytes in memory: they are brought in while the ones before are sent. */
    private void readAhead(long from) {
        ResidentBlocks known = resident;
        if (known == null || isReadingAhead || from >= sizeBytes || isRecent(from)) {
            return;
        }
        long wantedBytes = known.aheadBytes(from);
        long to = Math.min(sizeBytes, from + wantedBytes);
        if (known.contain(from, Math.min(to, from + wantedBytes / 2))
                || !chain.drive().beginReadAhead()) {
            return;
        }
        isReadingAhead = true;
        bringIn(known.firstUnknown(from, to), to).whenComplete((done, failure) -> {
            isReadingAhead = false;
            chain.drive().endReadAhead();
        });
    }

    private CompletableFuture<Void> bringIn(long from, long to) {
        long begin = ResidentBlocks.beginOf(from);
        long end = Math.min(sizeBytes, ResidentBlocks.endOf(to));
        return withFile(file -> chain.drive().cacheReader().bringIn(file, begin, end))
                .thenAccept(readBytes -> {
                    ResidentBlocks known = resident;
                    if (known == null) {
                        known = new ResidentBlocks(chain.drive());
                        resident = known;
                    }
                    known.add(begin, end);
                });
    }

    /** When the file was last used, on the monotonic clock. */
    long lastUseMs() {
        return lastUseMs;
    }

    /** Keeps the file open: another one is about to take its name. */
    void pin() throws IOException {
        file();
        pinned = true;
    }

    /** It is no part of the log any more: who has its bytes goes on reading, who does not finds no file. */
    void remove() {
        pinned = false;
        isRemoved = true;
        rest();
    }

    /** Closes the file once its users are done; it is opened again when used. Stays open if it holds what cannot be written. */
    void rest() {
        if (pinned) {
            return;
        }
        resident = null;
        SegmentFile file = open;
        if (file != null) {
            try {
                file.writeOut();
            } catch (IOException e) {
                chain.failed("write", e);
                return;
            }
            open = null;
            file.release();
        }
    }

    /** Who looks at the file itself sees what is new after a while, also when nothing more comes. */
    private void writeOutSoon() {
        if (!isWriteOutDue) {
            isWriteOutDue = true;
            chain.owner().schedule(HELD_MS, () -> {
                isWriteOutDue = false;
                SegmentFile file = open;
                try {
                    if (file != null) {
                        file.holdNothing();
                    }
                } catch (IOException e) {
                    chain.failed("write", e);
                }
            });
        }
    }

    /** Writes to the file what is held in memory. By any thread. */
    void writeOut() throws IOException {
        SegmentFile file = open;
        if (file != null) {
            file.writeOut();
        }
    }

    private <T> CompletableFuture<T> withFile(FileTask<T> task) {
        chain.owner().checkOwner();
        Drive drive = chain.drive();
        SegmentFile known = open;
        if (known != null) {
            known.retain();
            return drive.inBackground(chain.owner(), () -> {
                try {
                    return task.run(known);
                } finally {
                    known.release();
                }
            });
        }
        if (isRemoved) {
            return CompletableFuture.failedFuture(new NoSuchFileException(path().toString()));
        }
        Path path = path();
        return drive.inBackground(chain.owner(), () -> {
            try (DiskFile file = drive.disk().open(path, Disk.Mode.READ)) {
                return task.run(file);
            }
        });
    }

    private SegmentFile opened(DiskFile file) {
        return new SegmentFile(file, chain.drive().writeBehind(), chain::isGone);
    }

    private SegmentFile file() throws IOException {
        SegmentFile file = open;
        if (file == null) {
            if (isRemoved) {
                throw new NoSuchFileException(path().toString());
            }
            file = opened(chain.drive().disk().open(path(), Disk.Mode.READ_WRITE));
            open = file;
        }
        lastUseMs = chain.drive().ticker().monotonicMs();
        return file;
    }

    /** Something that reads an open file. */
    @FunctionalInterface
    private interface FileTask<T> {
        T run(DiskFile file) throws IOException;
    }
}
