package io.daybook.codegen;

/** What a message is for. */
enum MessageType {
    REQUEST("request", "Data"),
    RESPONSE("response", "Data"),
    HEADER("header", "Data"),
    DATA("data", ""),
    METADATA("metadata", ""),
    COORDINATOR_KEY("coordinator-key", ""),
    COORDINATOR_VALUE("coordinator-value", "");

    private final String text;
    final String classSuffix;

    MessageType(String text, String classSuffix) {
        this.text = text;
        this.classSuffix = classSuffix;
    }

    static MessageType parse(String text) {
        for (MessageType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw new DescriptionException("unknown message type: '" + text + "'");
    }
}
