package io.daybook.sim.disk;

import io.daybook.base.record.RecordBatch;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.DiskLock;
import io.daybook.runtime.ForwardingDisk;
import io.daybook.runtime.ForwardingFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/**
 * Bugs that a log may have, planted between the real log and its disk, so that production code needs no switch for them.
 * The simulation must find each.
 */
public enum PlantedBug implements UnaryOperator<Disk> {
    /** Segments and the journal are never synced. */
    SKIPPED_SYNC {
        @Override
        public Disk apply(Disk disk) {
            return new ForwardingDisk(disk) {
                @Override
                protected DiskFile wrap(Path path, DiskFile file) {
                    if (!holdsRecords(path)) {
                        return file;
                    }
                    return new ForwardingFile(file) {
                        @Override
                        public void sync() {
                            // the bug
                        }
                    };
                }
            };
        }
    },
    /** A sync is called done before it is begun: it happens when the next one is asked for. */
    EARLY_ANSWER {
        @Override
        public Disk apply(Disk disk) {
            Deque<DiskFile> owed = new ArrayDeque<>();
            return new ForwardingDisk(disk) {
                @Override
                public Optional<DiskLock> tryLock(Path path) throws IOException {
                    owed.clear(); // a new process owes nothing
                    return super.tryLock(path);
                }

                @Override
                protected DiskFile wrap(Path path, DiskFile file) {
                    if (!holdsRecords(path)) {
                        return file;
                    }
                    return new ForwardingFile(file) {
                        @Override
                        public void sync() throws IOException {
                            DiskFile late = owed.poll();
                            owed.add(file);
                            if (late != null) {
                                late.sync();
                            }
                        }

                        @Override
                        public void close() {
                            // stays open for the sync that is owed
                        }
                    };
                }
            };
        }
    },
    /** Directories are never synced, except those of new directories. */
    FORGOTTEN_DIRECTORY_SYNC {
        @Override
        public Disk apply(Disk disk) {
            return new ForwardingDisk(disk) {
                @Override
                public void syncDirectory(Path directory) {
                    // the bug
                }
            };
        }
    },
    /** Batches whose CRC does not match are taken for good. */
    ACCEPTED_TORN_BATCH {
        @Override
        public Disk apply(Disk disk) {
            return new ForwardingDisk(disk) {
                @Override
                protected DiskFile wrap(Path path, DiskFile file) {
                    return path.toString().endsWith(".log") ? new ForgivingFile(file) : file;
                }
            };
        }
    },
    /** Snapshots of producers are empty when they are read. */
    LOST_PRODUCER_STATE {
        @Override
        public Disk apply(Disk disk) {
            return new ForwardingDisk(disk) {
                @Override
                protected DiskFile wrap(Path path, DiskFile file) throws IOException {
                    boolean isStored = path.toString().endsWith(".snapshot") && file.sizeBytes() > 0;
                    return isStored ? new EmptySnapshot(file) : file;
                }
            };
        }
    };

    private static boolean holdsRecords(Path path) {
        return path.toString().endsWith(".log") || path.toString().contains("journal");
    }

    /** Makes the CRC of every batch right that is read whole from its begin. */
    private static final class ForgivingFile extends ForwardingFile {
        ForgivingFile(DiskFile file) {
            super(file);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            int from = target.position();
            int count = super.read(target, position);
            forgive(target, from, from + count);
            return count;
        }

        private static void forgive(ByteBuffer bytes, int from, int end) {
            ByteBuffer window = bytes.duplicate().limit(end);
            int at = from;
            while (end - at >= RecordBatch.HEADER_BYTES) {
                RecordBatch batch = RecordBatch.at(window, at);
                int lengthBytes = batch.lengthBytes();
                boolean isBatch = batch.magic() == RecordBatch.MAGIC
                        && lengthBytes >= RecordBatch.HEADER_BYTES - RecordBatch.LENGTH_PREFIX_BYTES
                        && lengthBytes <= end - at - RecordBatch.LENGTH_PREFIX_BYTES;
                if (!isBatch) {
                    return;
                }
                if (!batch.isValid()) {
                    CRC32C crc = new CRC32C();
                    crc.update(window.slice(at + 21, batch.sizeBytes() - 21));
                    bytes.putInt(at + 17, (int) crc.getValue());
                }
                at += batch.sizeBytes();
            }
        }
    }

    /** A whole snapshot of no producers. */
    private static final class EmptySnapshot extends ForwardingFile {
        private static final int SIZE_BYTES = 10;

        EmptySnapshot(DiskFile file) {
            super(file);
        }

        @Override
        public long sizeBytes() {
            return SIZE_BYTES;
        }

        @Override
        public int read(ByteBuffer target, long position) {
            CRC32C crc = new CRC32C();
            crc.update(new byte[Integer.BYTES]);
            ByteBuffer snapshot = ByteBuffer.allocate(SIZE_BYTES)
                    .putShort((short) 1)
                    .putInt((int) crc.getValue())
                    .putInt(0)
                    .flip()
                    .position((int) position);
            int count = Math.min(target.remaining(), snapshot.remaining());
            target.put(snapshot.limit(snapshot.position() + count));
            return count;
        }
    }
}
