package io.daybook.log.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.ForwardingFile;
import io.daybook.runtime.ManualWorker;
import io.daybook.runtime.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentFileTest {
    private static final int BUFFER_BYTES = 100;
    private static final Path ROOT = Path.of("/data");

    private final Disk disk = new MemoryDisk();
    private final ManualWorker background = new ManualWorker();
    private final WriteBehindBuffers buffers = new WriteBehindBuffers(disk, ROOT, background, BUFFER_BYTES);
    private boolean fenced;
    private SegmentFile file;
    private DiskFile written;

    @BeforeEach
    void open() throws IOException {
        disk.createDirectories(ROOT);
        Path path = ROOT.resolve("file");
        file = new SegmentFile(disk.open(path, Disk.Mode.READ_WRITE), buffers, () -> fenced);
        written = disk.open(path, Disk.Mode.READ);
        buffers.mindRoom(0);
        background.runNext();
    }

    private static ByteBuffer bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void itReadsLikeAFileThatHoldsNothing(int seed) throws IOException {
        Random random = new Random(seed);
        byte[] expected = new byte[0];
        for (int step = 0; step < 3_000; step++) {
            switch (random.nextInt(8)) {
                case 0 -> file.writeOut();
                case 1 -> file.holdNothingBefore(random.nextInt(expected.length + 1));
                case 7 -> file.holdNothing();
                case 2 -> {
                    ByteBuffer longer = bytes(random.nextInt(3 * BUFFER_BYTES), step);
                    file.write(longer.duplicate(), expected.length);
                    expected = joined(expected, longer);
                }
                default -> {
                    ByteBuffer few = bytes(random.nextInt(BUFFER_BYTES / 2), step);
                    file.append(few, expected.length);
                    assertThat(few.position()).isZero();
                    expected = joined(expected, few);
                }
            }
            int from = random.nextInt(expected.length + 10);
            ByteBuffer target = ByteBuffer.allocate(random.nextInt(3 * BUFFER_BYTES));
            int count = file.read(target, from);
            int there = Math.max(0, Math.min(target.capacity(), expected.length - from));
            assertThat(count).isEqualTo(there);
            assertThat(Arrays.copyOf(target.array(), count))
                    .isEqualTo(there == 0 ? new byte[0] : Arrays.copyOfRange(expected, from, from + there));
            assertThat(expected.length - written.sizeBytes()).isBetween(0L, (long) BUFFER_BYTES);
        }
        file.sync();
        assertThat(written.sizeBytes()).isEqualTo(expected.length);
    }

    private static byte[] joined(byte[] first, ByteBuffer second) {
        byte[] all = Arrays.copyOf(first, first.length + second.remaining());
        second.duplicate().get(all, first.length, second.remaining());
        return all;
    }

    @Test
    void nothingIsHeldOnceItIsFenced() throws IOException {
        file.append(bytes(10, 1), 0);
        fenced = true;
        buffers.seal();
        assertThat(written.sizeBytes()).isEqualTo(10);

        assertThatThrownBy(() -> file.append(bytes(10, 1), 10)).isInstanceOf(ClosedChannelException.class);

        buffers.writeOut();
        assertThat(written.sizeBytes()).isEqualTo(10);
    }

    @Test
    void fewFilesHoldAndTheOthersWrite() throws IOException {
        int holding = 0;
        for (int i = 0; i < 100; i++) {
            Path path = ROOT.resolve("other" + i);
            SegmentFile other = new SegmentFile(disk.open(path, Disk.Mode.READ_WRITE), buffers, () -> false);
            other.append(bytes(10, i), 0);
            holding += sizeBytes(path) == 0 ? 1 : 0;
        }
        assertThat(holding).isEqualTo(64);

        buffers.writeOut();

        assertThat(sizeBytes(ROOT.resolve("other0"))).isEqualTo(10);
    }

    @Test
    void theLastUserClosesItAndLetsGoOfTheMemory() throws IOException {
        for (int i = 0; i < 100; i++) {
            Path path = ROOT.resolve("other" + i);
            NoticingFile noticing = new NoticingFile(disk.open(path, Disk.Mode.READ_WRITE));
            SegmentFile other = new SegmentFile(noticing, buffers, () -> false);
            other.append(bytes(10, i), 0);
            assertThat(sizeBytes(path)).isZero();
            other.writeOut();
            other.retain();
            other.release();
            assertThat(noticing.isClosed).isFalse();
            other.release();
            assertThat(noticing.isClosed).isTrue();
            assertThat(sizeBytes(path)).isEqualTo(10);
        }
    }

    @Test
    void aClosedFileIsNotWritten() throws IOException {
        NoticingFile noticing = new NoticingFile(disk.open(ROOT.resolve("other"), Disk.Mode.READ_WRITE));
        SegmentFile other = new SegmentFile(noticing, buffers, () -> false);
        other.append(bytes(10, 1), 0);
        other.release();

        other.writeOut();
        buffers.writeOut();

        assertThat(noticing.isClosed).isTrue();
        assertThat(sizeBytes(ROOT.resolve("other"))).isZero();
    }

    /** Remembers that it was closed. */
    private static final class NoticingFile extends ForwardingFile {
        private boolean isClosed;

        NoticingFile(DiskFile file) {
            super(file);
        }

        @Override
        public void close() throws IOException {
            isClosed = true;
            super.close();
        }
    }

    private long sizeBytes(Path path) throws IOException {
        try (DiskFile seen = disk.open(path, Disk.Mode.READ)) {
            return seen.sizeBytes();
        }
    }
}
