package io.daybook.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.wire.WireReader;
import io.daybook.log.FileRecords;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.FetchResponseData;
import io.daybook.protocol.message.FetchResponseData.FetchableTopicResponse;
import io.daybook.protocol.message.FetchResponseData.PartitionData;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.MemoryDisk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResponseEncoderTest {
    private static final short VERSION = 12;
    private static final int FILE_BYTES = 1 << 20;

    private DiskFile file;
    private int released;

    @BeforeEach
    void aFileOfRecords() throws IOException {
        file = new MemoryDisk().open(Path.of("/records"), Disk.Mode.READ_WRITE);
        ByteBuffer bytes = ByteBuffer.allocate(FILE_BYTES);
        for (int i = 0; i < FILE_BYTES; i++) {
            bytes.put((byte) (i * 31 >> 3));
        }
        file.write(bytes.flip(), 0);
    }

    @Test
    void fewRecordsLeaveWithWhatIsAroundThem() throws IOException {
        // When
        List<Object> parts = encode(List.of(1_000, 2_000));

        // Then
        assertThat(parts).hasSize(1);
        assertThat(released).isEqualTo(2);
        assertSent(parts, List.of(1_000, 2_000));
    }

    @Test
    void manyRecordsLeaveFromTheirFile() throws IOException {
        // When
        List<Object> parts = encode(List.of(100_000, 1_000, 200_000));

        // Then
        assertThat(parts).filteredOn(part -> part instanceof FileRecordsRegion).hasSize(2);
        assertThat(released).isEqualTo(1);
        assertSent(parts, List.of(100_000, 1_000, 200_000));
        assertThat(released).isEqualTo(3);
    }

    @Test
    void theCopiesOfOneResponseAreBounded() throws IOException {
        // Given
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sizes.add(20_000);
        }

        // When
        List<Object> parts = encode(sizes);

        // Then
        int copiedBytes = parts.stream()
                .filter(part -> part instanceof ByteBuf)
                .mapToInt(part -> ((ByteBuf) part).readableBytes())
                .sum();
        assertThat(copiedBytes).isLessThan(300_000);
        assertSent(parts, sizes);
        assertThat(released).isEqualTo(40);
    }

    @Test
    void recordsThatCannotBeReadFailWhereTheyAreSent() throws IOException {
        // Given
        file.truncate(1_500);

        // When
        List<Object> parts = encode(List.of(1_000, 1_000));

        // Then
        assertThat(parts).filteredOn(part -> part instanceof FileRecordsRegion).hasSize(1);
        assertThat(released).isEqualTo(1);
    }

    private List<Object> encode(List<Integer> sizes) {
        List<PartitionData> partitions = new ArrayList<>();
        long position = 0;
        for (int i = 0; i < sizes.size(); i++) {
            partitions.add(new PartitionData()
                    .setPartitionIndex(i)
                    .setRecords(new FileRecords(file, position, sizes.get(i), () -> released++)));
            position += sizes.get(i);
        }
        FetchResponseData response = new FetchResponseData()
                .setResponses(
                        List.of(new FetchableTopicResponse().setTopic("orders").setPartitions(partitions)));
        return ResponseEncoder.encode(UnpooledByteBufAllocator.DEFAULT, ApiKey.FETCH, 7, Answer.of(response, VERSION));
    }

    private void assertSent(List<Object> parts, List<Integer> sizes) throws IOException {
        ByteBuf sent = Unpooled.buffer();
        for (Object part : parts) {
            if (part instanceof FileRecordsRegion) {
                FileRecordsRegion region = (FileRecordsRegion) part;
                Sink sink = new Sink(sent);
                while (region.transferred() < region.count()) {
                    region.transferTo(sink, region.transferred());
                }
                region.release();
            } else {
                sent.writeBytes((ByteBuf) part);
                ((ByteBuf) part).release();
            }
        }
        assertThat(sent.readInt()).isEqualTo(sent.readableBytes());
        assertThat(sent.readInt()).isEqualTo(7);
        assertThat(sent.readByte()).isZero();
        FetchResponseData response = new FetchResponseData();
        response.read(new WireReader(sent.nioBuffer()), VERSION);
        long position = 0;
        List<PartitionData> partitions = response.responses().get(0).partitions();
        for (int i = 0; i < sizes.size(); i++) {
            ByteBuffer expected = ByteBuffer.allocate(sizes.get(i));
            file.read(expected, position);
            assertThat(partitions.get(i).records().buffer()).isEqualTo(expected.flip());
            position += sizes.get(i);
        }
    }

    private static final class Sink implements WritableByteChannel {
        private final ByteBuf target;

        Sink(ByteBuf target) {
            this.target = target;
        }

        @Override
        public int write(ByteBuffer source) {
            int length = source.remaining();
            target.writeBytes(source);
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
