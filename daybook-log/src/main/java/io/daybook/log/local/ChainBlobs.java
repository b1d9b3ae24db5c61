package io.daybook.log.local;

import io.daybook.log.segment.BlobKind;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The small files beside a chain's segments. Owned by the chain's shard; the files are touched in the background. */
final class ChainBlobs {
    private final LocalChain chain;
    private final Disk disk;
    /** Their names may not be durable; what a clean stop has to make so. */
    private final Set<Path> unsynced = new LinkedHashSet<>(2);

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
        unsynced.add(path);
        return chain.change("write " + path.getFileName(), () -> {
            if (kind == BlobKind.LEADER_EPOCHS) {
                Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
                SmallFiles.write(disk, temporary, bytes, false);
                disk.rename(temporary, path);
            } else {
                // Retention deletes the segments that a snapshot could be made from again; of an index, what a power
                // loss
                // leaves may be an older one that fits the segment's length.
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
        Path epochs = path(BlobKind.LEADER_EPOCHS, 0);
        unsynced.removeIf(path -> !path.equals(epochs));
    }

    /** What {@link #sync} makes durable. */
    List<Path> unsynced() {
        return List.copyOf(unsynced);
    }

    /** Makes these durable, with their names. By any thread. */
    void sync(List<Path> blobs) throws IOException {
        for (Path path : blobs) {
            if (disk.exists(path)) {
                try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
                    file.sync();
                }
            }
        }
        if (!blobs.isEmpty()) {
            disk.syncDirectory(chain.directory());
        }
    }
}
