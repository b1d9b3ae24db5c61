package io.daybook.base.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.Uuid;
import io.daybook.base.record.Records;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.apache.kafka.common.protocol.types.Schema;

/** Kafka's own generated class for the same description: the reference. */
final class KafkaTwin {
    private final Class<?> type;

    KafkaTwin(String className) {
        try {
            this.type = Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("Kafka has no " + className, e);
        }
    }

    short constant(String name) {
        try {
            return type.getField(name).getShort(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    Schema schema(short version) {
        try {
            return ((Schema[]) type.getField("SCHEMAS").get(null))[version];
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    org.apache.kafka.common.protocol.Message create() {
        return (org.apache.kafka.common.protocol.Message) MessageShape.create(type);
    }

    /** Reads all of the bytes; a byte too few or too many fails the test. */
    org.apache.kafka.common.protocol.Message read(ByteBuffer bytes, short version) {
        org.apache.kafka.common.protocol.Message message = create();
        ByteBufferAccessor accessor = new ByteBufferAccessor(bytes.duplicate());
        message.read(accessor, version);
        assertThat(accessor.remaining()).as("bytes that Kafka did not read").isZero();
        return message;
    }

    static ByteBuffer write(org.apache.kafka.common.protocol.Message message, short version) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        ByteBuffer bytes = ByteBuffer.allocate(message.size(cache, version));
        message.write(new ByteBufferAccessor(bytes), cache, version);
        assertThat(bytes.hasRemaining()).as("Kafka's size is exact").isFalse();
        return bytes.flip();
    }

    /** Every field of ours has the value that Kafka's field of that name has, unknown tagged fields included. */
    static void assertSame(Object ours, Object kafkas, String path) {
        if (ours == null || kafkas == null) {
            assertThat(kafkas == null)
                    .as(path + " is null for Kafka, and ours is " + ours)
                    .isEqualTo(ours == null);
        } else if (ours instanceof List) {
            Iterator<?> theirs = ((Iterable<?>) kafkas).iterator();
            for (Object element : (List<?>) ours) {
                assertThat(theirs.hasNext()).as(path + " is shorter for Kafka").isTrue();
                assertSame(element, theirs.next(), path + "[]");
            }
            assertThat(theirs.hasNext()).as(path + " is longer for Kafka").isFalse();
        } else if (ours instanceof ByteBuffer) {
            assertThat(ours).as(path).isEqualTo(kafkas instanceof byte[] ? ByteBuffer.wrap((byte[]) kafkas) : kafkas);
        } else if (ours instanceof Records) {
            assertThat(((Records) ours).buffer()).as(path).isEqualTo(MessageShape.call(kafkas, "buffer"));
        } else if (ours instanceof Uuid) {
            assertThat(ours.toString()).as(path).isEqualTo(kafkas.toString());
        } else if (kafkas instanceof org.apache.kafka.common.protocol.Message) {
            assertSameFields(ours, (org.apache.kafka.common.protocol.Message) kafkas, path);
        } else {
            assertThat(ours).as(path).isEqualTo(kafkas);
        }
    }

    private static void assertSameFields(Object ours, org.apache.kafka.common.protocol.Message kafkas, String path) {
        MessageShape shape = new MessageShape(ours.getClass());
        for (Method setter : shape.setters().values()) {
            String name = setter.getName().substring(3);
            String getter = Character.toLowerCase(name.charAt(0)) + name.substring(1);
            assertSame(MessageShape.get(ours, setter), MessageShape.call(kafkas, getter), path + "." + getter);
        }
        List<RawTaggedField> theirs = kafkas.unknownTaggedFields();
        if (!shape.hasUnknownTaggedFields()) {
            assertThat(theirs).as(path).isEmpty();
            return;
        }
        UnknownTaggedFields unknown = (UnknownTaggedFields) MessageShape.call(ours, "unknownTaggedFields");
        assertThat(unknown.fields())
                .as(path)
                .isEqualTo(theirs.stream()
                        .map(field -> new UnknownTaggedField(field.tag(), field.data()))
                        .toList());
    }
}
