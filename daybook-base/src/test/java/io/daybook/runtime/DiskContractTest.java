package io.daybook.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every disk does. */
class DiskContractTest {
    @TempDir
    Path root;

    static Stream<Disk> disks() {
        return Stream.of(new FileSystemDisk(), new MemoryDisk());
    }

    @ParameterizedTest
    @MethodSource("disks")
    void aDirectoryIsMadeOnceInOneThatExists(Disk disk) throws IOException {
        disk.createDirectories(root);

        disk.createDirectory(root.resolve("made"));
        disk.createDirectory(root.resolve("made"));

        assertThat(disk.isDirectory(root.resolve("made"))).isTrue();
        assertThatThrownBy(() -> disk.createDirectory(root.resolve("missing/made")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @MethodSource("disks")
    void whatIsWrittenIsReadBackAtItsPosition(Disk disk) throws IOException {
        Path directory = root.resolve("a/b");
        disk.createDirectories(directory);
        byte[] large = new byte[300_000];
        large[299_999] = 7;
        try (DiskFile file = disk.open(directory.resolve("f"), Disk.Mode.CREATE_NEW)) {
            file.write(ByteBuffer.wrap(large), 100);
            file.sync();
            ByteBuffer read = ByteBuffer.allocate(20);
            assertThat(file.sizeBytes()).isEqualTo(300_100);
            assertThat(file.read(read, 300_090)).isEqualTo(10);
            assertThat(read.get(9)).isEqualTo((byte) 7);
            assertThat(file.read(ByteBuffer.allocate(1), 300_100)).isZero();
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            assertThat(file.transferTo(300_000, 100, Channels.newChannel(sent))).isEqualTo(100);
            file.truncate(50);
            file.write(ByteBuffer.wrap(new byte[] {1}), 60);
            ByteBuffer gap = ByteBuffer.allocate(11);
            assertThat(file.read(gap, 50)).isEqualTo(11);
            assertThat(gap.array()).isEqualTo(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        }
        disk.syncDirectory(directory);
        assertThat(disk.list(directory)).containsExactly("f");
        assertThat(disk.isDirectory(directory) && disk.exists(directory.resolve("f")))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("disks")
    void wholeBlocksAreWrittenAndReadThroughAnotherOpening(Disk disk) throws IOException {
        disk.createDirectories(root);
        Path path = root.resolve("blocks");
        ByteBuffer blocks = BlockBuffers.allocate(2 * Disk.BLOCK_BYTES);
        blocks.put(0, (byte) 1).put(2 * Disk.BLOCK_BYTES - 1, (byte) 2);
        try (DiskFile file = disk.open(path, Disk.Mode.WRITE_BLOCKS)) {
            file.write(blocks, 0);
            file.write(blocks.clear().position(Disk.BLOCK_BYTES), 2 * Disk.BLOCK_BYTES);
            file.sync();
            assertThat(file.sizeBytes()).isEqualTo(3 * Disk.BLOCK_BYTES);
        }
        ByteBuffer read = ByteBuffer.allocate(4 * Disk.BLOCK_BYTES);
        try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
            assertThat(file.read(read, 0)).isEqualTo(3 * Disk.BLOCK_BYTES);
        }
        assertThat(read.get(0)).isEqualTo((byte) 1);
        assertThat(read.get(2 * Disk.BLOCK_BYTES - 1)).isEqualTo((byte) 2);
        assertThat(read.get(2 * Disk.BLOCK_BYTES)).isZero();
        assertThat(read.get(3 * Disk.BLOCK_BYTES - 1)).isEqualTo((byte) 2);
    }

    @ParameterizedTest
    @MethodSource("disks")
    void whatIsWrittenAndSyncedInOneCallLiesBetweenOtherWrites(Disk disk) throws IOException {
        disk.createDirectories(root);
        Path path = root.resolve("blocks");
        ByteBuffer blocks = BlockBuffers.allocate(3 * Disk.BLOCK_BYTES);
        for (int i = 0; i < 3; i++) {
            blocks.put(i * Disk.BLOCK_BYTES, (byte) (i + 1));
        }
        try (DiskFile file = disk.open(path, Disk.Mode.WRITE_BLOCKS)) {
            file.write(blocks, 0);
            ByteBuffer last = blocks.clear().position(2 * Disk.BLOCK_BYTES);
            file.writeSynced(last, Disk.BLOCK_BYTES);
            assertThat(last.hasRemaining()).isFalse();
            assertThat(file.sizeBytes()).isEqualTo(3 * Disk.BLOCK_BYTES);
            assertThatThrownBy(() -> file.writeSynced(blocks.slice(0, 100), 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        ByteBuffer read = ByteBuffer.allocate(3 * Disk.BLOCK_BYTES);
        try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
            file.read(read, 0);
        }
        assertThat(new byte[] {read.get(0), read.get(Disk.BLOCK_BYTES), read.get(2 * Disk.BLOCK_BYTES)})
                .isEqualTo(new byte[] {1, 3, 3});
    }

    @ParameterizedTest
    @MethodSource("disks")
    void partsOfBlocksAreRefusedWhereBlocksAreWritten(Disk disk) throws IOException {
        disk.createDirectories(root);
        ByteBuffer blocks = BlockBuffers.allocate(2 * Disk.BLOCK_BYTES);
        try (DiskFile file = disk.open(root.resolve("blocks"), Disk.Mode.WRITE_BLOCKS)) {
            assertThatThrownBy(() -> file.write(blocks, 512)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> file.write(blocks.slice(0, 100), 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> file.write(blocks.slice(8, Disk.BLOCK_BYTES), 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> file.write(ByteBuffer.allocate(Disk.BLOCK_BYTES), 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(file.sizeBytes()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("disks")
    void namesMoveAndGoWhileTheOpenFileStays(Disk disk) throws IOException {
        disk.createDirectories(root.resolve("d"));
        Path old = root.resolve("d/old");
        Path other = root.resolve("d/new");
        try (DiskFile file = disk.open(old, Disk.Mode.READ_WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2}), 0);
            disk.open(other, Disk.Mode.READ_WRITE).close();
            disk.rename(old, other);
            disk.rename(root.resolve("d"), root.resolve("e"));
            disk.delete(root.resolve("e/new"));
            assertThat(file.sizeBytes()).isEqualTo(2);
        }
        assertThat(disk.list(root.resolve("e"))).isEmpty();
        disk.delete(root.resolve("e"));
        assertThat(disk.exists(root.resolve("e"))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("disks")
    void modesSayWhatMayExist(Disk disk) throws IOException {
        disk.createDirectories(root);
        Path file = root.resolve("f");
        assertThatThrownBy(() -> disk.open(file, Disk.Mode.READ)).isInstanceOf(NoSuchFileException.class);
        disk.open(file, Disk.Mode.READ_WRITE).close();
        assertThatThrownBy(() -> disk.open(file, Disk.Mode.CREATE_NEW)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> disk.list(root.resolve("none"))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @MethodSource("disks")
    void aLockIsHeldOnce(Disk disk) throws IOException {
        disk.createDirectories(root);
        Path path = root.resolve(".lock");
        Optional<DiskLock> first = disk.tryLock(path);
        assertThat(first).isPresent();
        assertThat(disk.tryLock(path)).isEmpty();
        first.orElseThrow().close();
        Optional<DiskLock> again = disk.tryLock(path);
        assertThat(again).isPresent();
        again.orElseThrow().close();
    }

    @ParameterizedTest
    @MethodSource("disks")
    void manyFilesAreSyncedOnceEach(Disk disk) throws IOException {
        AtomicInteger syncs = new AtomicInteger();
        List<DiskFile> files = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            files.add(new CountedFile(syncs, false));
        }
        disk.syncAll(files);
        assertThat(syncs).hasValue(20);
        disk.syncAll(List.of());
        assertThat(syncs).hasValue(20);
    }

    @ParameterizedTest
    @MethodSource("disks")
    void aSyncOfManyFilesFailsWithOneOfThem(Disk disk) {
        AtomicInteger syncs = new AtomicInteger();
        List<DiskFile> files = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            files.add(new CountedFile(syncs, i == 19));
        }
        assertThatThrownBy(() -> disk.syncAll(files))
                .isInstanceOf(IOException.class)
                .hasMessage("broken");
        assertThat(syncs).hasValue(20);
    }

    /** Only to be synced. */
    private record CountedFile(AtomicInteger syncs, boolean fails) implements DiskFile {
        @Override
        public void sync() throws IOException {
            syncs.incrementAndGet();
            if (fails) {
                throw new IOException("broken");
            }
        }

        @Override
        public void write(ByteBuffer source, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer target, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long sizeBytes() {
            return 0;
        }

        @Override
        public void truncate(long sizeBytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
