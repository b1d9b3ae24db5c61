package io.daybook.codegen;

/** The types a field can have, with what Java and the wire call them. */
enum FieldKind {
    BOOL("boolean", "Boolean", "Bool", 1),
    INT8("byte", "Byte", "Int8", 1),
    INT16("short", "Short", "Int16", 2),
    UINT16("int", "Integer", "Uint16", 2),
    INT32("int", "Integer", "Int32", 4),
    UINT32("long", "Long", "Uint32", 4),
    INT64("long", "Long", "Int64", 8),
    FLOAT64("double", "Double", "Float64", 8),
    UUID("Uuid", "Uuid", "Uuid", 16),
    STRING("String", "String", "String", 0),
    BYTES("ByteBuffer", "ByteBuffer", "Bytes", 0),
    RECORDS("Records", "Records", "Records", 0),
    STRUCT("", "", "", 0),
    ARRAY("", "", "", 0);

    /** The Java type, and the one it has as the element of a list. */
    final String javaType;

    final String boxedType;

    /** What reader and writer call it. */
    final String wireName;

    /** 0 where the size depends on the value. */
    final int fixedBytes;

    FieldKind(String javaType, String boxedType, String wireName, int fixedBytes) {
        this.javaType = javaType;
        this.boxedType = boxedType;
        this.wireName = wireName;
        this.fixedBytes = fixedBytes;
    }

    boolean isFixed() {
        return fixedBytes > 0;
    }

    boolean isNumber() {
        return isFixed() && this != BOOL && this != UUID;
    }

    boolean isNullable() {
        return !isFixed();
    }
}
