package io.daybook.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import io.netty.channel.MessageSizeEstimator;

/** Counts what waits to be sent, file regions included, so that a slow reader is noticed by what it owes. */
enum OutboundSizes implements MessageSizeEstimator, MessageSizeEstimator.Handle {
    INSTANCE;

    @Override
    public Handle newHandle() {
        return this;
    }

    @Override
    public int size(Object part) {
        if (part instanceof ByteBuf) {
            return ((ByteBuf) part).readableBytes();
        }
        return part instanceof FileRegion ? (int) Math.min(Integer.MAX_VALUE, ((FileRegion) part).count()) : 0;
    }
}
