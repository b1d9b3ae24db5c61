package io.daybook.broker.group;

import io.daybook.base.wire.BufferWireWriter;
import io.daybook.base.wire.Message;
import io.daybook.broker.group.record.CoordinatorRecordType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A record in Kafka's form: the key is the type's number and a message, the value is the version and a message.
 *
 * @param type of key and value
 * @param key which thing it is about
 * @param value what holds for it from now on; null if it is gone
 * @param valueVersion the version in which the value is written
 */
record StoredRecord(
        CoordinatorRecordType type, Message key, @Nullable Message value, short valueVersion) {
    private static final short KEY_VERSION = 0;
    private static final short NO_VERSION = 0;

    /** Something is gone. */
    static StoredRecord tombstone(CoordinatorRecordType type, Message key) {
        return new StoredRecord(type, key, null, NO_VERSION);
    }

    /** A new buffer with the key. */
    ByteBuffer encodedKey() {
        ByteBuffer buffer = ByteBuffer.allocate(Short.BYTES + key.sizeBytes(KEY_VERSION));
        buffer.putShort(type.id());
        key.write(new BufferWireWriter(buffer), KEY_VERSION);
        return buffer.flip();
    }

    /** A new buffer with the value, or null. */
    @Nullable
    ByteBuffer encodedValue() {
        return value == null ? null : BufferWireWriter.encodeVersioned(value, valueVersion);
    }
}
