package io.daybook.cli.client;

import io.daybook.base.wire.BufferWireWriter;
import io.daybook.base.wire.MalformedMessageException;
import io.daybook.base.wire.Message;
import io.daybook.base.wire.WireReader;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.RequestHeaderData;
import io.daybook.protocol.message.ResponseHeaderData;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * One connection to one broker: a request, then its answer. An answer's bytes and records are slices of a buffer of its
 * own, and stay valid. For one thread.
 */
public final class Connection implements Closeable {
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

    private final Endpoint endpoint;
    private final String clientId;
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int correlationId;

    /**
     * Connects.
     *
     * @throws IOException if nobody listens there, or the name is not known
     */
    public Connection(Endpoint endpoint, String clientId, int requestTimeoutMs) throws IOException {
        this.endpoint = endpoint;
        this.clientId = clientId;
        this.socket = connect(endpoint);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(requestTimeoutMs);
        this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 64 * 1024));
        this.out = socket.getOutputStream();
    }

    /** Where this connection leads. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Sends a request and waits for its answer, which it reads into {@code response}. */
    public <R extends Message> R exchange(Message request, short version, R response) throws IOException {
        send(request, version);
        return receive(keyOf(request), version, response);
    }

    /** Sends a request that has no answer, or whose answer is fetched later with {@link #receive}. */
    public void send(Message request, short version) throws IOException {
        ApiKey key = keyOf(request);
        RequestHeaderData header = new RequestHeaderData()
                .setRequestApiKey(key.id())
                .setRequestApiVersion(version)
                .setCorrelationId(++correlationId)
                .setClientId(clientId);
        short headerVersion = key.requestHeaderVersion(version);
        int sizeBytes = header.sizeBytes(headerVersion) + request.sizeBytes(version);
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + sizeBytes).putInt(sizeBytes);
        BufferWireWriter writer = new BufferWireWriter(frame);
        header.write(writer, headerVersion);
        request.write(writer, version);
        out.write(frame.array(), 0, frame.position());
        out.flush();
    }

    /** Waits for the answer to the oldest request that has none. */
    public <R extends Message> R receive(ApiKey key, short version, R response) throws IOException {
        int sizeBytes = in.readInt();
        if (sizeBytes < Integer.BYTES || sizeBytes > MAX_RESPONSE_BYTES) {
            throw new IOException(endpoint + " does not speak Kafka's protocol: it announced " + sizeBytes + " bytes");
        }
        ByteBuffer frame = ByteBuffer.wrap(in.readNBytes(sizeBytes));
        if (frame.remaining() < sizeBytes) {
            throw new IOException(endpoint + " closed the connection in the middle of an answer");
        }
        try {
            WireReader reader = new WireReader(frame);
            new ResponseHeaderData().read(reader, key.responseHeaderVersion(version));
            response.read(reader, version);
        } catch (MalformedMessageException e) {
            throw new IOException(
                    endpoint + " sent an answer to " + key + " that cannot be read: " + e.getMessage(), e);
        }
        return response;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            // the connection is given up either way
        }
    }

    /** The API that a request belongs to. */
    static ApiKey keyOf(Message request) {
        return ApiKey.find(request.apiKey())
                .orElseThrow(() -> new IllegalArgumentException("not a request: " + request));
    }

    /** Tries every address of the name: a broker on 127.0.0.1 is found where localhost means ::1 first. */
    private static Socket connect(Endpoint endpoint) throws IOException {
        IOException failure = new UnknownHostException(endpoint.host());
        for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, endpoint.port()), CONNECT_TIMEOUT_MS);
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }
}
