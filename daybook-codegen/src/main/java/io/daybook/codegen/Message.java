package io.daybook.codegen;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A message description, read and checked.
 *
 * @param name as the description has it
 * @param type what the message is for
 * @param apiKey -1 where there is none
 * @param listeners who serves it: {@code broker}, {@code controller}
 * @param flexible the flexible versions
 * @param latestVersionUnstable the highest version may still change
 * @param top the message itself; its versions are the valid ones
 * @param structs the structures below it by name, in the order in which they appear
 */
record Message(
        String name,
        MessageType type,
        int apiKey,
        List<String> listeners,
        VersionRange flexible,
        boolean latestVersionUnstable,
        Struct top,
        Map<String, Struct> structs) {
    VersionRange versions() {
        return top.versions();
    }

    String className() {
        return top.name();
    }

    /** The fewest bytes that a value of the field's element type takes in any of the versions. */
    int minElementBytes(Field field, VersionRange versions) {
        int least = Integer.MAX_VALUE;
        for (int version = versions.lowest(); version <= versions.highest(); version++) {
            boolean compact = flexible.contains(version) && !field.spec().neverFlexible();
            FieldType type = field.type();
            least = Math.min(
                    least,
                    type.elementKind() == FieldKind.STRUCT
                            ? minStructBytes(struct(type), version)
                            : minScalarBytes(type.elementKind(), compact));
        }
        return Math.max(1, least);
    }

    private Struct struct(FieldType type) {
        return Objects.requireNonNull(structs.get(type.structName()), type.structName());
    }

    private int minStructBytes(Struct struct, int version) {
        int bytes = flexible.contains(version) ? 1 : 0;
        for (Field field : struct.fields()) {
            if (!field.spec().isTagged() && field.spec().present().contains(version)) {
                boolean compact = flexible.contains(version) && !field.spec().neverFlexible();
                if (!field.type().isStruct()) {
                    bytes += minScalarBytes(field.type().kind(), compact);
                } else if (field.spec().nullable().contains(version)) {
                    bytes++;
                } else {
                    bytes += minStructBytes(struct(field.type()), version);
                }
            }
        }
        return bytes;
    }

    private static int minScalarBytes(FieldKind kind, boolean compact) {
        if (kind.isFixed()) {
            return kind.fixedBytes;
        }
        if (compact) {
            return 1;
        }
        return kind == FieldKind.STRING ? Short.BYTES : Integer.BYTES;
    }
}
