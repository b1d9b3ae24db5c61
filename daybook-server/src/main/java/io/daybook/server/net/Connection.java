package io.daybook.server.net;

import io.daybook.base.wire.MalformedMessageException;
import io.daybook.protocol.ApiKey;
import io.daybook.server.api.ConnectionContext;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: its frames, its unanswered calls in the order of their arrival, and its outbound queue. It is read only while
 * there is room for all three: few calls wait, the client takes its answers, and memory for the next request is reserved.
 * Owned by its event loop.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final int PEEK_BYTES = 8;

    private final Channel channel;
    private final ConnectionContext context;
    private final Connections connections;
    private final FrameReader frames;
    private final ArrayDeque<PendingCall<?, ?>> calls = new ArrayDeque<>(4);
    private final Runnable answersTask = this::sendWhatIsAnswered;
    /** Whether the event loop has been told of answers that it has not looked at. Any thread sets it. */
    private final AtomicBoolean hasNewAnswers = new AtomicBoolean();

    private long lastTrafficNanos;
    private long frameBeganNanos;
    private long lastPendingWriteBytes;
    private boolean isReading = true;
    private boolean isProcessing;
    /** Writing may flush, and flushing may come back here before the rest of an answer is written. */
    private boolean isSending;

    private boolean awaitsMemory;
    /** No further request is begun; the answers to those before still leave. */
    private boolean isDraining;
    /** As draining, and the connection ends with the last answer. */
    private boolean endsWhenAnswered;
    /** Nothing is read or sent any more. */
    private boolean isEnded;

    Connection(Channel channel, ConnectionContext context, Connections connections) {
        this.channel = channel;
        this.context = context;
        this.connections = connections;
        this.frames = new FrameReader(
                channel.alloc(), connections.memory(), connections.settings().maxFrameBytes());
        channel.config().setRecvByteBufAllocator(new FrameReceiveBuffers(frames));
        this.lastTrafficNanos = connections.ticker().nanoTime();
    }

    ConnectionContext context() {
        return context;
    }

    @Override
    public void channelRead(ChannelHandlerContext ignored, Object message) {
        lastTrafficNanos = connections.ticker().nanoTime();
        if (isEnded || endsWhenAnswered) {
            ReferenceCountUtil.release(message);
            return;
        }
        frames.received((ByteBuf) message);
        process();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ignored) {
        channel.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ignored) {
        sendAnswers();
        process();
        channel.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ignored) {
        isEnded = true;
        if (!awaitsMemory) {
            frames.close();
        }
        connections.remove(this, context.clientAddress());
        dropAnswered();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ignored, Throwable cause) {
        if (cause instanceof IOException) {
            log.atDebug()
                    .addKeyValue("connection", context.connectionId())
                    .log("connection lost: {}", cause.getMessage());
        } else {
            log.atError()
                    .addKeyValue("connection", context.connectionId())
                    .setCause(cause)
                    .log("connection closed after an error of this program");
        }
        close();
    }

    /** Runs a task on the event loop; when the loop has ended, here, where nobody else is left. */
    private void execute(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Whether a line about what this client caused may be written now. From any thread. */
    boolean permitsLogLine() {
        return connections.permitsLogLine();
    }

    /**
     * A call has its answer, which leaves when all before it have left. From any thread. What a handler answers at once
     * leaves at once; everything else in one go, when the loop has done what it does now, which may be a shard's turn.
     */
    void hasAnswer() {
        if (channel.eventLoop().inEventLoop() && isProcessing && !isEnded) {
            sendAnswers();
        } else if (hasNewAnswers.compareAndSet(false, true)) {
            execute(answersTask);
        }
    }

    private void sendWhatIsAnswered() {
        hasNewAnswers.set(false); // before looking: an answer that comes later tells again
        if (isEnded) {
            dropAnswered();
            return;
        }
        sendAnswers();
        process();
        channel.flush();
    }

    /** Reads no further request; what was read is answered. */
    void drain() {
        isDraining = true;
        read(false);
    }

    /** Whether a call waits for its answer that is worth waiting for: one that does not itself wait for something to happen. */
    boolean hasUrgentCalls() {
        for (PendingCall<?, ?> call : calls) {
            if (!isLongPoll(call.handler().apiKey())) {
                return true;
            }
        }
        return lastWriteIsPending();
    }

    void close() {
        isEnded = true;
        channel.close();
    }

    /** Closes the connection if it has been silent for too long, or holds memory for a request that does not come. */
    void checkProgress(long nowNanos) {
        long pendingBytes = pendingWriteBytes();
        if (pendingBytes != lastPendingWriteBytes) {
            lastPendingWriteBytes = pendingBytes;
            lastTrafficNanos = nowNanos;
        }
        boolean waitsForUs = awaitsMemory || (!calls.isEmpty() && channel.isWritable());
        if (!waitsForUs && nowNanos - lastTrafficNanos > connections.maxIdleNanos()) {
            log.atDebug().addKeyValue("connection", context.connectionId()).log("idle connection closed");
            close();
        } else if (!waitsForUs
                && frames.isWithinFrame()
                && connections.memory().isContended()
                && nowNanos - frameBeganNanos > connections.patienceNanos(frames.neededBytes())) {
            connections.logRefusal(
                    context,
                    "too slow with a request of " + frames.neededBytes()
                            + " bytes while others wait for the memory it holds");
            close();
        }
    }

    private void process() {
        if (isProcessing || isEnded) {
            return;
        }
        isProcessing = true;
        try {
            boolean goOn = true;
            while (goOn && takesCalls()) {
                goOn = step();
            }
        } finally {
            isProcessing = false;
        }
        if (!isEnded) {
            read(takesCalls());
        }
    }

    /** Whether another step may bring something. */
    private boolean step() {
        boolean wasWithinFrame = frames.isWithinFrame();
        FrameReader.Step step = frames.next();
        if (!wasWithinFrame && frames.isWithinFrame()) {
            frameBeganNanos = lastTrafficNanos;
        }
        switch (step) {
            case FRAME -> begin(frames.takeFrame());
            case NEEDS_MEMORY -> awaitMemory();
            case BAD_LENGTH -> {
                connections.logRefusal(
                        context,
                        Strangers.describe(
                                frames.neededBytes(),
                                frames.peek(PEEK_BYTES),
                                connections.settings().maxFrameBytes()));
                endWhenAnswered();
            }
            case NEEDS_BYTES -> {
                return false;
            }
        }
        return true;
    }

    private void begin(Frame frame) {
        PendingCall<?, ?> call;
        try {
            call = connections.requests().read(this, frame);
        } catch (MalformedMessageException e) {
            frame.release();
            connections.logRefusal(context, String.valueOf(e.getMessage()));
            endWhenAnswered();
            return;
        } catch (RuntimeException | Error e) { // whoever caused it, the memory is given back
            frame.release();
            endAfterDefect(e);
            return;
        }
        calls.add(call);
        call.start();
    }

    private void endAfterDefect(Throwable defect) {
        if (permitsLogLine()) {
            log.atError()
                    .addKeyValue("connection", context.connectionId())
                    .setCause(defect)
                    .log("a request cannot be read for a reason nobody expected");
        }
        endWhenAnswered();
    }

    private void awaitMemory() {
        awaitsMemory = true;
        connections.memory().awaitReservation(frames.neededBytes(), () -> execute(this::memoryReserved));
    }

    private void memoryReserved() {
        awaitsMemory = false;
        frames.memoryReserved();
        frameBeganNanos = connections.ticker().nanoTime();
        if (channel.isActive() && !isEnded) {
            process();
            channel.flush();
        } else {
            frames.close();
        }
    }

    private void read(boolean shallRead) {
        if (isReading != shallRead) {
            isReading = shallRead;
            channel.config().setAutoRead(shallRead);
        }
    }

    private boolean takesCalls() {
        return !isEnded
                && !endsWhenAnswered
                && !isDraining
                && !awaitsMemory
                && calls.size() < connections.settings().maxRequestsPerConnection()
                && channel.isWritable();
    }

    /** Sends the answers that are there, up to the first that is not, as long as the client takes them. */
    private void sendAnswers() {
        if (isSending) {
            return; // whoever is at it goes on with what is answered meanwhile
        }
        isSending = true;
        try {
            sendWhileWritable();
        } finally {
            isSending = false;
        }
        if (endsWhenAnswered && calls.isEmpty()) {
            end();
        }
    }

    private void sendWhileWritable() {
        PendingCall<?, ?> first = calls.peek();
        while (first != null && !isEnded && channel.isWritable()) {
            Answer answer = first.answer();
            if (answer == null) {
                return;
            }
            calls.remove();
            if (answer.hasResponse()) {
                send(first, answer);
            } else if (answer.closesConnection()) {
                connections.logRefusal(context, answer.closeReason());
                end();
            }
            first.releaseRequest();
            first = calls.peek();
        }
    }

    private void send(PendingCall<?, ?> call, Answer answer) {
        List<Object> parts = encode(call, answer);
        if (parts.isEmpty()) {
            close();
            return;
        }
        for (Object part : parts) {
            channel.write(part, channel.voidPromise());
        }
        lastTrafficNanos = connections.ticker().nanoTime();
    }

    /** What to write; where the response cannot be encoded, the error response instead, or nothing if that fails too. */
    private List<Object> encode(PendingCall<?, ?> call, Answer answer) {
        ApiKey apiKey = call.handler().apiKey();
        int correlationId = call.context().correlationId();
        try {
            return ResponseEncoder.encode(channel.alloc(), apiKey, correlationId, answer);
        } catch (RuntimeException e) {
            if (permitsLogLine()) {
                log.atError()
                        .addKeyValue("api", apiKey)
                        .addKeyValue("version", call.context().version())
                        .addKeyValue("connection", context.connectionId())
                        .setCause(e)
                        .log("a response cannot be encoded");
            }
        }
        try {
            return ResponseEncoder.encode(channel.alloc(), apiKey, correlationId, call.serverError());
        } catch (RuntimeException e) {
            log.atError().addKeyValue("api", apiKey).setCause(e).log("the error response cannot be encoded either");
            return List.of();
        }
    }

    private void endWhenAnswered() {
        endsWhenAnswered = true;
        read(false);
        if (calls.isEmpty()) {
            end();
        }
    }

    /** Closes when what was sent has left. */
    private void end() {
        if (!isEnded) {
            isEnded = true;
            read(false);
            channel.writeAndFlush(channel.alloc().buffer(0)).addListener(flushed -> channel.close());
        }
    }

    private void dropAnswered() {
        calls.removeIf(call -> {
            boolean isAnswered = call.answer() != null;
            if (isAnswered) {
                discard(call);
            }
            return isAnswered;
        });
    }

    private static void discard(PendingCall<?, ?> call) {
        Answer answer = call.answer();
        if (answer != null && answer.hasResponse()) {
            ResponseEncoder.discard(answer.response(), answer.version());
        }
        call.releaseRequest();
    }

    private boolean lastWriteIsPending() {
        return pendingWriteBytes() > 0;
    }

    private long pendingWriteBytes() {
        var outbound = channel.unsafe().outboundBuffer();
        return outbound == null ? 0 : outbound.totalPendingWriteBytes() - outbound.currentProgress();
    }

    private static boolean isLongPoll(ApiKey apiKey) {
        return apiKey == ApiKey.FETCH
                || apiKey == ApiKey.SHARE_FETCH
                || apiKey == ApiKey.JOIN_GROUP
                || apiKey == ApiKey.SYNC_GROUP;
    }
}
