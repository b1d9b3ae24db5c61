package io.daybook.base.wire;

/**
 * A generated message: one class for all versions of one request, response, header or stored record. The only mutable
 * values of the code base; whoever fills or reads one owns it, and must not share it with another thread before it is
 * complete.
 */
public interface Message {
    /** The key in the message's description (an API of the protocol, or a record type), or -1 where it has none. */
    short apiKey();

    /** The lowest version {@link #read} and {@link #write} accept. */
    short lowestSupportedVersion();

    /** The highest version {@link #read} and {@link #write} accept. */
    short highestSupportedVersion();

    /**
     * Overwrites every field: with what the reader holds, or with its default where {@code version} does not have it.
     * Bytes and records stay slices of the reader's buffer; whoever keeps the message longer than the buffer copies them.
     * Bytes that are left over are the caller's to notice ({@link WireReader#remaining()}).
     *
     * @throws MalformedMessageException if the bytes are not such a message; the fields are then undefined
     * @throws UnsupportedVersionException if this message has no such version
     */
    void read(WireReader reader, short version);

    /**
     * Appends exactly {@link #sizeBytes} bytes.
     *
     * @throws UnsupportedVersionException if this message has no such version, or a field is set that the version cannot
     *     carry and that the receiver must not miss
     */
    void write(WireWriter writer, short version);

    /** How many bytes {@link #write} appends, records included. */
    int sizeBytes(short version);

    /** The tagged fields that were read and that this code does not know; they are written again. */
    UnknownTaggedFields unknownTaggedFields();
}
