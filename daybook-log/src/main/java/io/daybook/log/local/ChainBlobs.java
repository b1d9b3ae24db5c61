package io.daybook.log.local;

import io.daybook.log.segment.BlobKind;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The small files beside a chain's segments. Owned by the chain's shard; the files are touched in the background. */
final class ChainBlobs {
    private final LocalChain chain;
    private final Disk disk;
    /** The leader epochs are written without a sync, as they can be found in the batches. */
    private boolean areEpochsUnsynced;
    /** Some file may not have its name on the drive yet. */
    private boolean areNamesUnsynced;

    ChainBlobs(LocalChain chain) {
        this.chain = chain;
        this.disk = chain.drive().disk();
    }

    private Path path(BlobKind kind, long offset) {
        return chain.directory().resolve(FileNames.of(kind, offset));
    }

    /** See {@link io.daybook.log.segment.SegmentChain#writeBlob}. */
    CompletableFuture<Void> write(BlobKind kind, long offset, ByteBuffer bytes) {
        Path path = path(kind, offset);
        areEpochsUnsynced |= kind == BlobKind.LEADER_EPOCHS;
        areNamesUnsynced = true;
        return chain.change("write " + path.getFileName(), () -> {
            if (kind == BlobKind.LEADER_EPOCHS) {
                Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
                SmallFiles.write(disk, temporary, bytes, false);
                disk.rename(temporary, path);
            } else {
                // retention deletes the segments that a snapshot could be made from again, and a power loss may leave
                // an older index that fits the segment's length
                SmallFiles.write(disk, path, bytes, true);
            }
            return true;
        });
    }

    /** See {@link io.daybook.log.segment.SegmentChain#readBlob}. */
    CompletableFuture<Optional<ByteBuffer>> read(BlobKind kind, long offset) {
        Path path = path(kind, offset);
        return chain.drive()
                .inBackground(chain.owner(), () -> SmallFiles.read(disk, path).map(ByteBuffer::wrap));
    }

    /** See {@link io.daybook.log.segment.SegmentChain#removeBlob}. */
    CompletableFuture<Void> remove(BlobKind kind, long offset) {
        Path path = path(kind, offset);
        return chain.change("delete " + path.getFileName(), () -> {
            if (disk.exists(path)) {
                disk.delete(path);
            }
            return true;
        });
    }

    /** Another segment begins: what belongs to those before can be gathered from them again. */
    void rolled() {
        areNamesUnsynced = areEpochsUnsynced;
    }

    /** Makes durable what was written so far, with its names; for any thread. */
    IoTask<Boolean> sync() {
        Path epochs = path(BlobKind.LEADER_EPOCHS, 0);
        boolean withEpochs = areEpochsUnsynced;
        boolean withNames = areNamesUnsynced;
        return () -> {
            if (withEpochs && disk.exists(epochs)) {
                try (DiskFile file = disk.open(epochs, Disk.Mode.READ)) {
                    file.sync();
                }
            }
            if (withNames) {
                disk.syncDirectory(chain.directory());
            }
            return true;
        };
    }
}
