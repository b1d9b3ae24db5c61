package io.daybook.log.local;

import io.daybook.base.TopicPartition;
import io.daybook.base.record.RecordBatch;
import io.daybook.log.RetentionOutlook;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Looks at the files of a chain that nobody has open: the head of the first batch says since when at most its segment may
 * go. Changes nothing. Blocks; on the background worker, and so after the journal was replayed.
 */
final class RetentionLook {
    private final Disk disk;
    private final Path directory;
    private final long startOffset;

    private RetentionLook(Drive drive, TopicPartition partition) {
        this.disk = drive.disk();
        this.directory = drive.root().resolve(partition.toString());
        this.startOffset = drive.startOffsets().getOrDefault(partition, 0L);
    }

    static RetentionOutlook at(Drive drive, TopicPartition partition, boolean withSizes) throws IOException {
        RetentionLook look = new RetentionLook(drive, partition);
        try {
            return look.outlook(withSizes);
        } catch (NoSuchFileException e) {
            // deleted meanwhile
            return RetentionOutlook.NOTHING;
        }
    }

    private RetentionOutlook outlook(boolean withSizes) throws IOException {
        if (!withSizes && startOffset == 0) {
            // most have but one segment, which needs no listing to be found
            try {
                return first(0, RetentionOutlook.NO_SIZES);
            } catch (NoSuchFileException e) {
                return listed(false);
            }
        }
        return listed(withSizes);
    }

    private RetentionOutlook listed(boolean withSizes) throws IOException {
        List<Long> bases = new ArrayList<>();
        for (String name : disk.list(directory)) {
            if (name.endsWith(FileNames.SWAP)) {
                return RetentionOutlook.UNCERTAIN;
            }
            FileNames.offset(name, FileNames.LOG).ifPresent(bases::add);
        }
        if (bases.isEmpty()) {
            return RetentionOutlook.NOTHING;
        }
        bases.sort(Comparator.naturalOrder());
        if (bases.size() > 1 && bases.get(1) <= startOffset) {
            // the first lies below the start and should be gone
            return RetentionOutlook.UNCERTAIN;
        }
        return first(bases.get(0), withSizes ? sizeBytes(bases.subList(1, bases.size())) : RetentionOutlook.NO_SIZES);
    }

    private long sizeBytes(List<Long> bases) throws IOException {
        long sizeBytes = 0;
        for (long base : bases) {
            try (DiskFile file = open(base)) {
                sizeBytes += file.sizeBytes();
            }
        }
        return sizeBytes;
    }

    private RetentionOutlook first(long baseOffset, long bytesBehind) throws IOException {
        try (DiskFile file = open(baseOffset)) {
            long sizeBytes = file.sizeBytes();
            if (sizeBytes == 0) {
                return RetentionOutlook.NOTHING;
            }
            ByteBuffer head = ByteBuffer.allocate(RecordBatch.HEADER_BYTES);
            if (file.read(head, 0) < RecordBatch.HEADER_BYTES) {
                return RetentionOutlook.UNCERTAIN;
            }
            RecordBatch batch = RecordBatch.at(head.flip(), 0);
            boolean isSane = batch.magic() == RecordBatch.MAGIC
                    && batch.baseOffset() >= baseOffset
                    && batch.sizeBytes() >= RecordBatch.HEADER_BYTES
                    && batch.sizeBytes() <= sizeBytes;
            return isSane
                    ? new RetentionOutlook(Math.max(0, batch.maxTimestamp()), bytesBehind, false)
                    : RetentionOutlook.UNCERTAIN;
        }
    }

    private DiskFile open(long baseOffset) throws IOException {
        return disk.open(directory.resolve(FileNames.of(baseOffset, FileNames.LOG)), Disk.Mode.READ);
    }
}
