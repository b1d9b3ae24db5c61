package io.daybook.server.net;

import java.nio.charset.StandardCharsets;

/** Guesses what somebody speaks who does not speak Kafka's protocol. */
final class Strangers {
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int TLS_MAJOR_VERSION = 3;

    private Strangers() {}

    /** Why a length is refused, with what its four bytes may have been meant as. */
    static String describe(int lengthBytes, byte[] following, int maxFrameBytes) {
        if (lengthBytes >>> 24 == TLS_HANDSHAKE && (lengthBytes >>> 16 & 0xff) == TLS_MAJOR_VERSION) {
            return "a TLS handshake on a listener without TLS; set security.protocol=PLAINTEXT in the client";
        }
        String text = printable(lengthBytes, following);
        if (isHttp(text)) {
            return "an HTTP request (\"" + text + "\"); this port speaks Kafka's protocol";
        }
        if (lengthBytes < 1) {
            return "a request cannot have " + lengthBytes + " bytes";
        }
        return "a request of " + lengthBytes + " bytes (\"" + text + "\") is larger than socket.request.max.bytes="
                + maxFrameBytes;
    }

    private static boolean isHttp(String text) {
        return text.startsWith("GET ")
                || text.startsWith("POST")
                || text.startsWith("PUT ")
                || text.startsWith("HEAD")
                || text.startsWith("OPTI")
                || text.startsWith("CONN")
                || text.startsWith("DELE");
    }

    private static String printable(int lengthBytes, byte[] following) {
        StringBuilder text = new StringBuilder();
        for (int shift = 24; shift >= 0; shift -= Byte.SIZE) {
            append(lengthBytes >>> shift & 0xff, text);
        }
        for (char each : new String(following, StandardCharsets.ISO_8859_1).toCharArray()) {
            append(each, text);
        }
        return text.toString();
    }

    private static void append(int octet, StringBuilder text) {
        text.append(octet >= ' ' && octet < 0x7f ? (char) octet : '.');
    }
}
