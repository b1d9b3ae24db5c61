package io.daybook.codegen;

import java.util.ArrayList;
import java.util.List;

/**
 * Untagged fields that follow each other and exist in the same versions: one condition guards all of them.
 *
 * @param present the versions that have them
 * @param fields in the order of the wire
 */
record FieldGroup(VersionRange present, List<Field> fields) {
    FieldGroup {
        fields = List.copyOf(fields);
    }

    static List<FieldGroup> of(Struct struct) {
        List<FieldGroup> groups = new ArrayList<>();
        List<Field> open = new ArrayList<>();
        VersionRange openPresent = VersionRange.NONE;
        for (Field field : struct.fields()) {
            if (field.spec().isTagged()) {
                continue;
            }
            VersionRange present = field.spec().present();
            if (!open.isEmpty() && !present.equals(openPresent)) {
                groups.add(new FieldGroup(openPresent, open));
                open = new ArrayList<>();
            }
            openPresent = present;
            open.add(field);
        }
        if (!open.isEmpty()) {
            groups.add(new FieldGroup(openPresent, open));
        }
        return groups;
    }

    /** A Java condition on {@code version} for the groups of {@code struct}. */
    String condition(Struct struct) {
        return present.conditionWithin(struct.versions());
    }
}
