package io.daybook.server.net;

import io.daybook.base.wire.BufferWireWriter;
import io.daybook.base.wire.Message;
import io.daybook.base.wire.WireReader;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.RequestHeaderData;
import io.daybook.protocol.message.ResponseHeaderData;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/** A socket that says exactly what a test wants it to say. */
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    public RawClient(InetSocketAddress server) throws IOException {
        this(server, -1);
    }

    public RawClient(InetSocketAddress server, int receiveBufferBytes) throws IOException {
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.connect(server);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    public static byte[] frame(ApiKey apiKey, int version, int correlationId, Message request) {
        short headerVersion = apiKey.requestHeaderVersion((short) version);
        RequestHeaderData header = new RequestHeaderData()
                .setRequestApiKey(apiKey.id())
                .setRequestApiVersion((short) version)
                .setCorrelationId(correlationId)
                .setClientId("raw");
        ByteBuffer head = BufferWireWriter.encode(header, headerVersion);
        ByteBuffer body = BufferWireWriter.encode(request, (short) version);
        return framed(head, body);
    }

    public static byte[] framed(ByteBuffer... parts) {
        int bytes = 0;
        for (ByteBuffer part : parts) {
            bytes += part.remaining();
        }
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + bytes).putInt(bytes);
        for (ByteBuffer part : parts) {
            frame.put(part);
        }
        return frame.array();
    }

    public RawClient send(byte[] bytes) throws IOException {
        out.write(bytes);
        return this;
    }

    public RawClient send(ApiKey apiKey, int version, int correlationId, Message request) throws IOException {
        return send(frame(apiKey, version, correlationId, request));
    }

    /** The next response, with its correlation number checked. */
    public ByteBuffer receive(int expectedCorrelationId, boolean flexibleHeader) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        WireReader reader = new WireReader(ByteBuffer.wrap(bytes));
        ResponseHeaderData header = new ResponseHeaderData(reader, (short) (flexibleHeader ? 1 : 0));
        if (header.correlationId() != expectedCorrelationId) {
            throw new IOException("answer " + header.correlationId() + " instead of " + expectedCorrelationId);
        }
        return ByteBuffer.wrap(bytes, reader.position(), bytes.length - reader.position());
    }

    /** Waits for the server to close; false if it sends something instead. */
    public boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    public void finishSending() throws IOException {
        socket.shutdownOutput();
    }

    public void timeoutMs(int timeoutMs) throws IOException {
        socket.setSoTimeout(timeoutMs);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
