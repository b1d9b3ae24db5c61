package io.daybook.codegen;

/** Says in Java whether a field of a message has the compact encoding. */
final class Flexibility {
    private final Message message;
    private final Struct struct;

    Flexibility(Message message, Struct struct) {
        this.message = message;
        this.struct = struct;
    }

    /** {@code true} or {@code false} where the versions of the structure decide it, else {@code flexible}. */
    String ofStruct() {
        return literal(struct.versions());
    }

    /** The same for one field; narrower versions decide more often. */
    String of(Field field) {
        if (field.spec().isTagged()) {
            return "true";
        }
        return field.spec().neverFlexible() ? "false" : literal(field.spec().present());
    }

    boolean never() {
        return ofStruct().equals("false");
    }

    boolean always() {
        return ofStruct().equals("true");
    }

    /** Declares the variable that the expressions above may name, if {@code body} does name it. */
    void declareIn(Source source, String body) {
        if (body.contains("flexible") && !never() && !always()) {
            source.line("boolean flexible = " + message.flexible().conditionWithin(struct.versions()) + ";");
        }
    }

    private String literal(VersionRange versions) {
        VersionRange compact = message.flexible().intersect(versions);
        if (compact.isEmpty()) {
            return "false";
        }
        return compact.equals(versions) ? "true" : "flexible";
    }
}
