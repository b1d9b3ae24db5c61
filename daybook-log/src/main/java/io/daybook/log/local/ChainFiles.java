package io.daybook.log.local;

import io.daybook.log.segment.BlobKind;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What lies in a partition's directory. Files that are not Kafka's are left alone.
 *
 * @param segments by base offset
 * @param snapshots the offsets of producer snapshots, ascending
 */
record ChainFiles(List<SegmentFile> segments, List<Long> snapshots) {
    static final List<BlobKind> OF_A_SEGMENT =
            List.of(BlobKind.OFFSET_INDEX, BlobKind.TIME_INDEX, BlobKind.TXN_INDEX, BlobKind.PRODUCER_SNAPSHOT);

    /** A log file. */
    record SegmentFile(long baseOffset, long sizeBytes) {}

    ChainFiles {
        segments = List.copyOf(segments);
        snapshots = List.copyOf(snapshots);
    }

    /** Lists the directory, after what a crash left half done was finished or undone. Blocks. */
    static ChainFiles read(Drive drive, Path directory) throws IOException {
        Disk disk = drive.disk();
        List<String> names = disk.list(directory);
        if (SegmentSwap.finish(drive, directory, names)) {
            names = disk.list(directory);
        }
        List<SegmentFile> segments = new ArrayList<>();
        List<Long> snapshots = new ArrayList<>();
        for (String name : names) {
            FileNames.offset(name, FileNames.of(BlobKind.PRODUCER_SNAPSHOT, 0).substring(20))
                    .ifPresent(snapshots::add);
            var base = FileNames.offset(name, FileNames.LOG);
            if (base.isPresent()) {
                try (DiskFile file = disk.open(directory.resolve(name), Disk.Mode.READ)) {
                    segments.add(new SegmentFile(base.getAsLong(), file.sizeBytes()));
                }
            }
        }
        segments.sort(Comparator.comparingLong(SegmentFile::baseOffset));
        snapshots.sort(Comparator.naturalOrder());
        return new ChainFiles(segments, snapshots);
    }
}
