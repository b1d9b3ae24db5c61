package io.daybook.benchmarks.floor;

import io.daybook.base.wire.BufferWireWriter;
import io.daybook.base.wire.Message;
import io.daybook.protocol.message.ResponseHeaderData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** One client. Answers leave in the order of their requests. For one thread; nothing here waits. */
final class FloorConnection {
    private static final int INBOUND_BYTES = 2 << 20;
    /** The largest answer is one batch, which came in a request, or what a consumer asks for: a megabyte. */
    private static final int OUTBOUND_BYTES = 4 << 20;

    private final SelectionKey key;
    private final SocketChannel channel;
    private final FloorApis apis;
    private final ByteBuffer inbound = ByteBuffer.allocateDirect(INBOUND_BYTES);
    private final ByteBuffer outbound = ByteBuffer.allocateDirect(OUTBOUND_BYTES);
    private final Deque<FloorAnswer> answers = new ArrayDeque<>();

    FloorConnection(SelectionKey key, FloorApis apis) {
        this.key = key;
        this.channel = (SocketChannel) key.channel();
        this.apis = apis;
    }

    /** Takes what has come, and does each request that is there as a whole. */
    void read() throws IOException {
        if (channel.read(inbound) < 0) {
            close();
            return;
        }
        inbound.flip();
        for (Optional<ByteBuffer> request = next(inbound); request.isPresent(); request = next(inbound)) {
            apis.take(request.get()).ifPresent(answers::add);
        }
        inbound.compact();
    }

    /** Sends the answers that are due, as far as the socket takes them. */
    void answer(long nowNanos) throws IOException {
        do {
            while (isDue(nowNanos) && encode(answers.element())) {
                answers.remove();
            }
            flush();
        } while (outbound.position() == 0 && isDue(nowNanos));
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a socket cannot be closed", e);
        }
    }

    /** The bytes of the next request, valid until the buffer changes; empty as long as some are missing. */
    static Optional<ByteBuffer> next(ByteBuffer received) {
        if (received.remaining() < Integer.BYTES) {
            return Optional.empty();
        }
        int position = received.position();
        int sizeBytes = received.getInt(position);
        if (sizeBytes < 0 || sizeBytes > received.capacity() - Integer.BYTES) {
            throw new IllegalArgumentException("a request of " + sizeBytes + " bytes");
        }
        if (received.remaining() < Integer.BYTES + sizeBytes) {
            return Optional.empty();
        }
        received.position(position + Integer.BYTES + sizeBytes);
        return Optional.of(received.slice(position + Integer.BYTES, sizeBytes));
    }

    private boolean isDue(long nowNanos) {
        FloorAnswer first = answers.peek();
        return first != null && first.due().test(nowNanos);
    }

    /** False if there is no room before more was sent. */
    private boolean encode(FloorAnswer answer) {
        Message message = answer.message().get();
        ResponseHeaderData header = new ResponseHeaderData().setCorrelationId(answer.correlationId());
        short headerVersion = answer.api().responseHeaderVersion(answer.version());
        int sizeBytes = header.sizeBytes(headerVersion) + message.sizeBytes(answer.version());
        if (outbound.remaining() < Integer.BYTES + sizeBytes) {
            return false;
        }
        BufferWireWriter writer = new BufferWireWriter(outbound);
        writer.putInt32(sizeBytes);
        header.write(writer, headerVersion);
        message.write(writer, answer.version());
        return true;
    }

    private void flush() throws IOException {
        if (outbound.position() > 0) {
            channel.write(outbound.flip());
            outbound.compact();
        }
        int interest = outbound.position() == 0 ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }
}
