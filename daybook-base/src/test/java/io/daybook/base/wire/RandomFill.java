package io.daybook.base.wire;

import io.daybook.base.Uuid;
import io.daybook.base.record.MemoryRecords;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;

/** Fills a generated message with random values: the fields that Kafka's schema of one version has, and no other. */
final class RandomFill {
    private static final int MAX_ELEMENTS = 4;

    private final SplittableRandom random;

    RandomFill(long seed) {
        this.random = new SplittableRandom(seed);
    }

    void fill(Object target, Schema schema) {
        MessageShape shape = new MessageShape(target.getClass());
        for (BoundField field : schema.fields()) {
            Type type = field.def.type;
            if (type instanceof TaggedFields) {
                ((TaggedFields) type).fields().values().forEach(tagged -> {
                    if (random.nextInt(3) > 0) {
                        set(target, shape.setter(tagged.name), tagged.type);
                    }
                });
                fillUnknown(target, shape);
            } else {
                set(target, shape.setter(field.def.name), type);
            }
        }
    }

    private void fillUnknown(Object target, MessageShape shape) {
        if (!shape.hasUnknownTaggedFields()) {
            throw new AssertionError(target.getClass() + " does not keep unknown tagged fields");
        }
        if (random.nextInt(3) > 0) {
            return;
        }
        List<UnknownTaggedField> fields = new ArrayList<>();
        int tag = 30;
        for (int left = random.nextInt(1, 4); left > 0; left--) {
            tag += random.nextInt(1, 1000);
            fields.add(new UnknownTaggedField(tag, bytes(random.nextInt(200))));
        }
        MessageShape.call(target, "setUnknownTaggedFields", UnknownTaggedFields.of(fields));
    }

    private void set(Object target, Method setter, Type type) {
        MessageShape.invoke(setter, target, value(setter, type));
    }

    private Object value(Method setter, Type type) {
        if (type.isNullable() && random.nextInt(4) == 0) {
            return null;
        }
        Class<?> content = MessageShape.contentType(setter);
        if (!type.isArray()) {
            return scalar(content, type);
        }
        Type elementType = type.arrayElementType().orElseThrow();
        List<Object> elements = new ArrayList<>();
        for (int left = random.nextInt(MAX_ELEMENTS); left > 0; left--) {
            elements.add(scalar(content, elementType));
        }
        return elements;
    }

    private Object scalar(Class<?> content, Type type) {
        if (type instanceof Schema) {
            Object struct = MessageShape.create(content);
            fill(struct, (Schema) type);
            return struct;
        }
        String name = type.toString();
        if (name.contains("STRING")) {
            return string();
        }
        if (name.contains("RECORDS")) {
            return new MemoryRecords(ByteBuffer.wrap(bytes(random.nextInt(300))));
        }
        if (name.contains("BYTES")) {
            return ByteBuffer.wrap(bytes(random.nextInt(300)));
        }
        return switch (name) {
            case "BOOLEAN" -> random.nextBoolean();
            case "INT8" -> (byte) random.nextInt();
            case "INT16" -> (short) random.nextInt();
            case "UINT16" -> random.nextInt(0x10000);
            case "INT32" -> random.nextInt();
            case "UINT32" -> random.nextLong(0x1_0000_0000L);
            case "INT64" -> random.nextLong();
            case "FLOAT64" -> random.nextDouble();
            case "UUID" -> new Uuid(random.nextLong(), random.nextLong());
            default -> throw new AssertionError("no values for type " + name);
        };
    }

    private String string() {
        // one to four bytes a character, and lengths around the first border of a varint
        String[] letters = {"a", "Z", "ä", "€", "\uD83D\uDCD3", "\0"};
        int length = random.nextInt(10) == 0 ? random.nextInt(120, 140) : random.nextInt(12);
        StringBuilder text = new StringBuilder();
        boolean ascii = random.nextBoolean();
        for (int i = 0; i < length; i++) {
            text.append(letters[random.nextInt(ascii ? 2 : letters.length)]);
        }
        return text.toString();
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Arrays.copyOf(bytes, length);
    }
}
