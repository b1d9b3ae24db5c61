package io.daybook.codegen;

import java.util.Comparator;
import java.util.List;

/**
 * A structure: the message itself, or what one of its fields is made of.
 *
 * @param name the Java class
 * @param versions the versions of the message in which it occurs
 * @param fields in the order of the wire
 */
record Struct(String name, VersionRange versions, List<Field> fields) {
    Struct {
        fields = List.copyOf(fields);
        List<Integer> tags = fields.stream()
                .map(field -> field.spec().tag())
                .filter(tag -> tag >= 0)
                .sorted()
                .toList();
        for (int i = 0; i < tags.size(); i++) {
            if (tags.get(i) != i) {
                throw new DescriptionException("the tags of " + name + " are not 0, 1, …: " + tags);
            }
        }
    }

    /** In the order of their tags. */
    List<Field> taggedFields() {
        return fields.stream()
                .filter(field -> field.spec().isTagged())
                .sorted(Comparator.comparingInt(field -> field.spec().tag()))
                .toList();
    }
}
