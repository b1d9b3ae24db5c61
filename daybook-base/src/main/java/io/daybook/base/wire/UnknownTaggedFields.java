package io.daybook.base.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tagged fields of one structure that the reader did not know, in the order in which they came. They are kept as one
 * run of bytes (tag, size, content, …), so that a message of millions of tiny fields costs no more than its bytes.
 * Immutable for everybody but the reader that fills it.
 */
public final class UnknownTaggedFields {
    /** No unknown fields; what almost every structure has. */
    public static final UnknownTaggedFields EMPTY = new UnknownTaggedFields(new byte[0]);

    private byte[] encoded;
    private int encodedBytes;
    private int count;

    private UnknownTaggedFields(byte[] encoded) {
        this.encoded = encoded;
    }

    /** Fields to be written; the tags must ascend and must not be known to the message. */
    public static UnknownTaggedFields of(List<UnknownTaggedField> fields) {
        UnknownTaggedFields all = EMPTY;
        int lastTag = -1;
        for (UnknownTaggedField field : fields) {
            if (field.tag() <= lastTag) {
                throw new IllegalArgumentException("tag " + field.tag() + " does not follow " + lastTag);
            }
            lastTag = field.tag();
            all = all.plus(field.tag(), ByteBuffer.wrap(field.content()));
        }
        return all;
    }

    /** How many fields there are. */
    public int count() {
        return count;
    }

    /** The bytes that all of them take on the wire: tags, sizes and contents. */
    public int sizeBytes() {
        return encodedBytes;
    }

    /** The fields one by one, as copies. */
    public List<UnknownTaggedField> fields() {
        List<UnknownTaggedField> fields = new ArrayList<>(count);
        ByteBuffer bytes = ByteBuffer.wrap(encoded, 0, encodedBytes);
        while (bytes.hasRemaining()) {
            int tag = WireReader.unsignedVarint(bytes);
            byte[] content = new byte[WireReader.unsignedVarint(bytes)];
            bytes.get(content);
            fields.add(new UnknownTaggedField(tag, content));
        }
        return fields;
    }

    /**
     * Writes the fields from {@code position} on whose tags are below {@code tag}, and returns the position of the first
     * that is not: tagged fields are written in ascending order, known and unknown ones mixed.
     */
    public int writeBelow(WireWriter writer, int position, int tag) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded, position, encodedBytes - position);
        while (bytes.hasRemaining()) {
            int start = bytes.position();
            if (WireReader.unsignedVarint(bytes) >= tag) {
                return start;
            }
            int contentBytes = WireReader.unsignedVarint(bytes);
            int end = bytes.position() + contentBytes;
            writer.putBytes(ByteBuffer.wrap(encoded, start, end - start));
            bytes.position(end);
        }
        return encodedBytes;
    }

    /** Writes the fields from {@code position} on. */
    public void writeRest(WireWriter writer, int position) {
        if (position < encodedBytes) {
            writer.putBytes(ByteBuffer.wrap(encoded, position, encodedBytes - position));
        }
    }

    /** This and one more; changes this object unless it is {@link #EMPTY}. */
    @SuppressWarnings("ReferenceEquality") // EMPTY is one object, shared
    UnknownTaggedFields plus(int tag, ByteBuffer content) {
        int contentBytes = content.remaining();
        int neededBytes = WireSize.unsignedVarint(tag) + WireSize.unsignedVarint(contentBytes) + contentBytes;
        UnknownTaggedFields target = this == EMPTY ? new UnknownTaggedFields(new byte[neededBytes]) : this;
        target.ensureRoomFor(neededBytes);
        ByteBuffer free = ByteBuffer.wrap(target.encoded, target.encodedBytes, neededBytes);
        BufferWireWriter writer = new BufferWireWriter(free);
        writer.writeUnsignedVarint(tag);
        writer.writeUnsignedVarint(contentBytes);
        free.put(content);
        target.encodedBytes += neededBytes;
        target.count++;
        return target;
    }

    private void ensureRoomFor(int moreBytes) {
        if (encoded.length - encodedBytes < moreBytes) {
            encoded = Arrays.copyOf(encoded, Math.max(encodedBytes + moreBytes, encoded.length + encoded.length / 2));
        }
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof UnknownTaggedFields)) {
            return false;
        }
        UnknownTaggedFields that = (UnknownTaggedFields) other;
        return count == that.count && Arrays.equals(encoded, 0, encodedBytes, that.encoded, 0, that.encodedBytes);
    }

    @Override
    public int hashCode() {
        return ByteBuffer.wrap(encoded, 0, encodedBytes).hashCode();
    }

    @Override
    public String toString() {
        return fields().toString();
    }
}
