package io.daybook.codegen;

import java.util.Locale;

/**
 * A field's type.
 *
 * @param kind what it is
 * @param elementKind of an array, what its elements are; else the same as {@code kind}
 * @param structName the structure that it is, or that its elements are; else empty
 */
record FieldType(FieldKind kind, FieldKind elementKind, String structName) {
    static FieldType parse(String text) {
        if (!text.startsWith("[]")) {
            FieldKind kind = scalar(text);
            return new FieldType(kind, kind, kind == FieldKind.STRUCT ? text : "");
        }
        String element = text.substring(2);
        if (element.startsWith("[]")) {
            throw new DescriptionException("arrays of arrays are not supported: " + text);
        }
        FieldKind elementKind = scalar(element);
        if (elementKind == FieldKind.RECORDS) {
            throw new DescriptionException("arrays of records are not supported");
        }
        return new FieldType(FieldKind.ARRAY, elementKind, elementKind == FieldKind.STRUCT ? element : "");
    }

    private static FieldKind scalar(String text) {
        if (Character.isUpperCase(text.charAt(0))) {
            return FieldKind.STRUCT;
        }
        for (FieldKind kind : FieldKind.values()) {
            if (kind != FieldKind.STRUCT
                    && kind != FieldKind.ARRAY
                    && kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                return kind;
            }
        }
        throw new DescriptionException("unknown type: '" + text + "'");
    }

    boolean isArray() {
        return kind == FieldKind.ARRAY;
    }

    boolean isStruct() {
        return kind == FieldKind.STRUCT;
    }

    String javaType() {
        if (isArray()) {
            return "List<" + elementJavaType() + ">";
        }
        return isStruct() ? structName : kind.javaType;
    }

    String elementJavaType() {
        return elementKind == FieldKind.STRUCT ? structName : elementKind.boxedType;
    }
}
