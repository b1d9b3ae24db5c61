package io.daybook.codegen;

/**
 * A field of a structure.
 *
 * @param name as the description has it
 * @param about the description's sentence, for people
 * @param type what it holds
 * @param spec in which versions, and how
 * @param defaultText as the description has it; empty where it has none
 */
record Field(String name, String about, FieldType type, FieldVersions spec, String defaultText) {
    Field {
        boolean nullDefault = defaultText.equals("null") && type.kind().isNullable();
        if (!spec.nullable().isEmpty() && !type.kind().isNullable()) {
            throw new DescriptionException("field " + name + " of type " + type.kind() + " cannot be nullable");
        }
        if (nullDefault && !spec.nullable().contains(spec.present())) {
            throw new DescriptionException("field " + name + " defaults to null in versions that have no null");
        }
        boolean ownDefault = type.kind().isFixed() || type.kind() == FieldKind.STRING;
        if (!defaultText.isEmpty() && !nullDefault && (!ownDefault || type.kind() == FieldKind.UUID)) {
            throw new DescriptionException("field " + name + " of type " + type.kind() + " cannot have a default");
        }
        if (spec.isTagged() && !spec.tagged().contains(spec.present())) {
            throw new DescriptionException("field " + name + " is tagged in some of its versions only");
        }
    }

    /** The Java name, of the field as of its getter. */
    String javaName() {
        String camel = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        return camel.equals("default") || camel.equals("package") || camel.equals("class") ? camel + "_" : camel;
    }

    String setterName() {
        return "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    boolean isNullable() {
        return !spec.nullable().isEmpty();
    }

    /**
     * Records that may be null are null by default, as in Kafka: an empty run of records and "no records" are different
     * things on the wire.
     */
    boolean isNullByDefault() {
        return (defaultText.equals("null") && type.kind().isNullable())
                || (type.kind() == FieldKind.RECORDS && isNullable());
    }

    /** A structure that is mostly at its default is made when somebody asks for it. */
    boolean isLazy() {
        return type.isStruct() && spec.isTagged() && !isNullable();
    }

    String javaType() {
        return isNullable() ? "@Nullable " + type.javaType() : type.javaType();
    }

    /** The default as a Java expression. */
    String defaultExpression() {
        if (isNullByDefault()) {
            return "null";
        }
        return switch (type.kind()) {
            case BOOL -> Boolean.toString(parseBool());
            case INT8 -> Long.toString(parseNumber(Byte.MIN_VALUE, Byte.MAX_VALUE));
            case INT16 -> Long.toString(parseNumber(Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT16 -> Long.toString(parseNumber(0, 0xffff));
            case INT32 -> Long.toString(parseNumber(Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT32 -> parseNumber(0, 0xffff_ffffL) + "L";
            case INT64 -> parseNumber(Long.MIN_VALUE, Long.MAX_VALUE) + "L";
            case FLOAT64 -> Double.toString(defaultText.isEmpty() ? 0 : Double.parseDouble(defaultText));
            case STRING -> "\"" + defaultText.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            case UUID -> "Uuid.ZERO";
            case BYTES -> "ByteBuffer.allocate(0)";
            case RECORDS -> "Records.EMPTY";
            case ARRAY -> "new ArrayList<>(0)";
            case STRUCT -> isLazy() ? "null" : "new " + type.structName() + "()";
        };
    }

    /** A Java condition: the field of {@code this} differs from the default. */
    String isSetCondition() {
        String self = "this." + javaName();
        if (isNullByDefault()) {
            return self + " != null";
        }
        String orNull = isNullable() ? self + " == null || " : "";
        return switch (type.kind()) {
            case BOOL -> parseBool() ? "!" + self : self;
            case INT8, INT16, UINT16, INT32, UINT32, INT64 -> self + " != " + defaultExpression();
            case FLOAT64 -> "Double.compare(" + self + ", " + defaultExpression() + ") != 0";
            case STRING ->
                defaultText.isEmpty()
                        ? orNull + "!" + self + ".isEmpty()"
                        : orNull + "!" + self + ".equals(" + defaultExpression() + ")";
            case UUID -> "!" + self + ".equals(Uuid.ZERO)";
            case BYTES -> orNull + self + ".hasRemaining()";
            case RECORDS -> self + ".sizeBytes() != 0";
            case ARRAY -> orNull + "!" + self + ".isEmpty()";
            case STRUCT ->
                isLazy() ? self + " != null && !" + self + ".isDefault()" : orNull + "!" + self + ".isDefault()";
        };
    }

    private boolean parseBool() {
        if (!defaultText.isEmpty() && !defaultText.equals("true") && !defaultText.equals("false")) {
            throw new DescriptionException("field " + name + ": not a boolean default: '" + defaultText + "'");
        }
        return defaultText.equals("true");
    }

    private long parseNumber(long lowest, long highest) {
        if (defaultText.isEmpty()) {
            return 0;
        }
        long number;
        try {
            number = Long.decode(defaultText);
        } catch (NumberFormatException e) {
            throw new DescriptionException("field " + name + ": not a number: '" + defaultText + "'", e);
        }
        if (number < lowest || number > highest) {
            throw new DescriptionException(
                    "field " + name + ": the default " + number + " does not fit " + type.kind());
        }
        return number;
    }
}
