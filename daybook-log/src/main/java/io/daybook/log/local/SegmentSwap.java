package io.daybook.log.local;

import io.daybook.log.segment.BlobKind;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Puts a compacted segment in the place of others. The renaming to {@code .swap} decides: before it a crash leaves the old
 * segments, after it the new one. Blocks; on the flusher, between rounds.
 */
final class SegmentSwap {
    private final Drive drive;
    private final LocalChain chain;
    private final Path directory;
    private final List<Long> replaced;
    private final long baseOffset;

    SegmentSwap(Drive drive, LocalChain chain, List<Long> replaced, long baseOffset) {
        this.drive = drive;
        this.chain = chain;
        this.directory = chain.directory();
        this.replaced = replaced;
        this.baseOffset = baseOffset;
    }

    boolean run() throws IOException {
        Disk disk = drive.disk();
        // what the journal has of this partition must not be put over the compacted segment
        drive.flusher().journal().empty(chain);
        // recovery takes a gap above the recovery point for lost records, and compaction makes gaps
        drive.writeRecoveryOffsets();
        Path cleaned = directory.resolve(FileNames.of(baseOffset, FileNames.CLEANED));
        Path swap = directory.resolve(FileNames.of(baseOffset, FileNames.SWAP));
        try (DiskFile file = disk.open(cleaned, Disk.Mode.READ_WRITE)) {
            file.sync();
        }
        disk.rename(cleaned, swap);
        disk.syncDirectory(directory);
        complete(disk, directory, baseOffset, replaced);
        return true;
    }

    /** After a crash: undoes what was not decided, completes what was. Whether there was anything. */
    static boolean finish(Drive drive, Path directory, List<String> names) throws IOException {
        Disk disk = drive.disk();
        boolean any = false;
        for (String name : names) {
            if (name.endsWith(FileNames.CLEANED)) {
                disk.delete(directory.resolve(name));
                any = true;
            }
        }
        for (String name : names) {
            OptionalLong base = FileNames.offset(name, FileNames.SWAP);
            if (base.isPresent()) {
                long last = lastOffset(disk, directory.resolve(name));
                List<Long> covered = new ArrayList<>();
                for (String other : names) {
                    OptionalLong log = FileNames.offset(other, FileNames.LOG);
                    if (log.isPresent()
                            && log.getAsLong() >= base.getAsLong()
                            && log.getAsLong() <= Math.max(last, base.getAsLong())) {
                        covered.add(log.getAsLong());
                    }
                }
                complete(disk, directory, base.getAsLong(), covered);
                any = true;
            }
        }
        return any;
    }

    private static void complete(Disk disk, Path directory, long baseOffset, List<Long> replaced) throws IOException {
        for (long base : replaced) {
            for (BlobKind kind : ChainFiles.OF_A_SEGMENT) {
                if (kind != BlobKind.PRODUCER_SNAPSHOT) {
                    deleteIfThere(disk, directory.resolve(FileNames.of(kind, base)));
                }
            }
            if (base != baseOffset) {
                deleteIfThere(disk, directory.resolve(FileNames.of(base, FileNames.LOG)));
            }
        }
        disk.rename(
                directory.resolve(FileNames.of(baseOffset, FileNames.SWAP)),
                directory.resolve(FileNames.of(baseOffset, FileNames.LOG)));
        disk.syncDirectory(directory);
    }

    private static void deleteIfThere(Disk disk, Path path) throws IOException {
        if (disk.exists(path)) {
            disk.delete(path);
        }
    }

    /** The last offset in a file of whole batches; -1 if it is empty. */
    private static long lastOffset(Disk disk, Path path) throws IOException {
        try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
            return BatchWalk.lastOffset(file);
        }
    }
}
