package io.daybook.broker.group;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the subscription that a consumer sends as its metadata in the classic protocol. It was written by a client and
 * may be anything: what cannot be read is an empty answer, never an exception.
 */
final class ClassicSubscription {
    private ClassicSubscription() {}

    /** The topics that the member subscribes to. */
    static Optional<List<String>> topics(OpaqueBytes metadata) {
        ByteBuffer in = metadata.buffer();
        if (in.remaining() < Short.BYTES + Integer.BYTES) {
            return Optional.empty();
        }
        short version = in.getShort();
        int count = in.getInt();
        if (version < 0 || count < 0 || count > in.remaining() / Short.BYTES) {
            return Optional.empty();
        }
        List<String> topics = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int sizeBytes = in.remaining() < Short.BYTES ? -1 : in.getShort();
            if (sizeBytes < 0 || sizeBytes > in.remaining()) {
                return Optional.empty();
            }
            byte[] name = new byte[sizeBytes];
            in.get(name);
            topics.add(new String(name, StandardCharsets.UTF_8));
        }
        return Optional.of(topics);
    }
}
