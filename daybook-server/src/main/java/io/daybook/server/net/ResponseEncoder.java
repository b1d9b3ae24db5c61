package io.daybook.server.net;

import io.daybook.base.record.Records;
import io.daybook.base.wire.Message;
import io.daybook.base.wire.WireWriter;
import io.daybook.log.FileRecords;
import io.daybook.protocol.ApiKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a response into what is written to the socket: one pooled direct buffer with length, header and body. Many records
 * in a file or in direct memory are not in it; they are written between its slices, without a copy. For one response.
 */
final class ResponseEncoder implements WireWriter {
    /** Fewer bytes of records in memory are copied: a slice and a place in the outbound queue cost more. */
    private static final int MIN_WRAPPED_BYTES = 4 << 10;
    /** Fewer bytes of records in a file are copied: to send them by themselves takes three system calls more. */
    private static final int MIN_REGION_BYTES = 32 << 10;
    /** But not more of them in one response. */
    private static final int MAX_COPIED_BYTES = 256 << 10;

    private static final int FIRST_BYTES_BESIDE_RECORDS = 512;

    private final ByteBuf buffer;
    private final List<Insert> inserts = new ArrayList<>(1);
    private long insertedBytes;
    private int copiedBytes;

    /** What is written between the bytes before and after the position. */
    private record Insert(int position, Object part) {}

    private ResponseEncoder(ByteBuf buffer) {
        this.buffer = buffer;
    }

    /**
     * Encodes the whole frame, and takes over the records in the response.
     *
     * @return Netty buffers and file regions, to be written in this order; the caller owns them
     */
    static List<Object> encode(ByteBufAllocator allocator, ApiKey apiKey, int correlationId, Answer answer) {
        short version = answer.version();
        boolean isFlexible = apiKey.responseHeaderVersion(version) > 0;
        int headerBytes = Integer.BYTES + (isFlexible ? 1 : 0);
        int sizeBytes = Math.addExact(headerBytes, answer.response().sizeBytes(version));
        int capacity = mayHoldRecords(apiKey) ? Math.min(sizeBytes, FIRST_BYTES_BESIDE_RECORDS) : sizeBytes;
        ResponseEncoder encoder = new ResponseEncoder(allocator.directBuffer(Integer.BYTES + capacity));
        try {
            encoder.putInt32(sizeBytes);
            encoder.putInt32(correlationId);
            if (isFlexible) {
                encoder.putInt8((byte) 0);
            }
            answer.response().write(encoder, version);
            return encoder.finish(Integer.BYTES + (long) sizeBytes);
        } catch (RuntimeException e) {
            encoder.releaseAll();
            throw e;
        }
    }

    /** Releases the records of a response that is not sent. */
    static void discard(Message response, short version) {
        response.write(new RecordsReleaser(), version);
    }

    @Override
    public void putInt8(byte value) {
        buffer.writeByte(value);
    }

    @Override
    public void putInt16(short value) {
        buffer.writeShort(value);
    }

    @Override
    public void putInt32(int value) {
        buffer.writeInt(value);
    }

    @Override
    public void putInt64(long value) {
        buffer.writeLong(value);
    }

    @Override
    public void putBytes(ByteBuffer bytes) {
        buffer.writeBytes(bytes.duplicate());
    }

    @Override
    public void putUtf8(String value, int utf8Bytes) {
        buffer.writeCharSequence(
                value, utf8Bytes == value.length() ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8);
    }

    @Override
    public void putRecords(Records records) {
        if (records instanceof FileRecords) {
            putFileRecords((FileRecords) records);
            return;
        }
        ByteBuffer bytes = records.buffer();
        if (bytes.isDirect() && bytes.remaining() >= MIN_WRAPPED_BYTES) {
            insert(Unpooled.wrappedBuffer(bytes), bytes.remaining());
        } else {
            buffer.writeBytes(bytes);
        }
    }

    private void putFileRecords(FileRecords records) {
        int sizeBytes = records.sizeBytes();
        if (sizeBytes >= MIN_REGION_BYTES || copiedBytes + sizeBytes > MAX_COPIED_BYTES || !copy(records)) {
            insert(new FileRecordsRegion(records), sizeBytes);
        }
    }

    /** Whether the bytes were copied and the records released; where they cannot be read, sending them tells why. */
    private boolean copy(FileRecords records) {
        int sizeBytes = records.sizeBytes();
        buffer.ensureWritable(sizeBytes);
        try {
            ByteBuffer target = buffer.nioBuffer(buffer.writerIndex(), sizeBytes);
            if (records.file().read(target, records.position()) < sizeBytes) {
                return false;
            }
        } catch (IOException e) {
            return false;
        }
        buffer.writerIndex(buffer.writerIndex() + sizeBytes);
        copiedBytes += sizeBytes;
        records.release();
        return true;
    }

    private void insert(Object part, int sizeBytes) {
        inserts.add(new Insert(buffer.writerIndex(), part));
        insertedBytes += sizeBytes;
    }

    private List<Object> finish(long expectedBytes) {
        long writtenBytes = buffer.writerIndex() + insertedBytes;
        if (writtenBytes != expectedBytes) {
            throw new IllegalStateException("a response of " + writtenBytes + " bytes said it had " + expectedBytes);
        }
        if (inserts.isEmpty()) {
            return List.of(buffer);
        }
        List<Object> parts = new ArrayList<>(2 * inserts.size() + 1);
        for (Insert insert : inserts) {
            addUpTo(insert.position(), parts);
            parts.add(insert.part());
        }
        addUpTo(buffer.writerIndex(), parts);
        buffer.release();
        return parts;
    }

    private void addUpTo(int position, List<Object> parts) {
        int sliceBytes = position - buffer.readerIndex();
        if (sliceBytes > 0) {
            parts.add(buffer.readRetainedSlice(sliceBytes));
        }
    }

    private void releaseAll() {
        buffer.release();
        for (Insert insert : inserts) {
            ReferenceCountUtil.release(insert.part());
        }
    }

    private static boolean mayHoldRecords(ApiKey apiKey) {
        return apiKey == ApiKey.FETCH || apiKey == ApiKey.SHARE_FETCH;
    }

    /** Writes nothing; meets every run of records on its way. */
    private static final class RecordsReleaser implements WireWriter {
        @Override
        public void putInt8(byte value) {}

        @Override
        public void putInt16(short value) {}

        @Override
        public void putInt32(int value) {}

        @Override
        public void putInt64(long value) {}

        @Override
        public void putBytes(ByteBuffer bytes) {}

        @Override
        public void putUtf8(String value, int utf8Bytes) {}

        @Override
        public void putRecords(Records records) {
            if (records instanceof FileRecords) {
                ((FileRecords) records).release();
            }
        }
    }
}
