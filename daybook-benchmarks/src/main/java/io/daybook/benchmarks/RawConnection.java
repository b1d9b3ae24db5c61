package io.daybook.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection that speaks just enough of the protocol to be no limit itself: it neither makes nor opens batches. For one
 * thread.
 */
final class RawConnection implements AutoCloseable {
    private static final byte[] CLIENT_ID = "bench".getBytes(StandardCharsets.UTF_8);
    private static final int REQUEST_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer request = ByteBuffer.allocateDirect(REQUEST_BYTES);
    private ByteBuffer response;
    private int correlationId;

    RawConnection(int port, int responseBytes) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        response = ByteBuffer.allocateDirect(responseBytes);
    }

    /** Begins a request with the header of its version (without tagged fields). */
    ByteBuffer begin(short apiKey, short version) {
        request.clear().order(ByteOrder.BIG_ENDIAN).putInt(0);
        request.putShort(apiKey).putShort(version).putInt(correlationId++);
        return putString(request, CLIENT_ID);
    }

    /** Sends what was put since {@link #begin}, and then this. */
    void send(ByteBuffer rest) throws IOException {
        request.putInt(0, request.position() - Integer.BYTES + rest.remaining());
        ByteBuffer[] both = {request.flip(), rest};
        while (both[0].hasRemaining() || both[1].hasRemaining()) {
            channel.write(both);
        }
    }

    /** The next response from behind its correlation id; valid until the next call. */
    ByteBuffer receive() throws IOException {
        response.clear().limit(Integer.BYTES);
        readFully();
        int sizeBytes = response.getInt(0);
        if (sizeBytes > response.capacity()) {
            response = ByteBuffer.allocateDirect(sizeBytes + sizeBytes / 2);
        }
        response.clear().limit(sizeBytes);
        readFully();
        return response.flip().position(Integer.BYTES);
    }

    private void readFully() throws IOException {
        while (response.hasRemaining()) {
            if (channel.read(response) < 0) {
                throw new EOFException("the broker has closed the connection");
            }
        }
    }

    static ByteBuffer putString(ByteBuffer target, byte[] text) {
        return target.putShort((short) text.length).put(text);
    }

    static void skipString(ByteBuffer source) {
        int sizeBytes = source.getShort();
        source.position(source.position() + Math.max(0, sizeBytes));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
