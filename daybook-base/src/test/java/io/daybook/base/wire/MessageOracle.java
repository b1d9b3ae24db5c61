package io.daybook.base.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * What every generated message must hold, in every version, beside Kafka's class for the same description. Each check
 * draws from a seed, which its failure names.
 */
public final class MessageOracle {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Class<? extends Message> type;
    private final KafkaTwin twin;

    public MessageOracle(Class<? extends Message> type, String kafkaPackage) {
        this.type = type;
        this.twin = new KafkaTwin(kafkaPackage + "." + type.getSimpleName());
    }

    /** The ranges of versions are the same, and so are the defaults of all fields. */
    public void hasKafkasVersionsAndDefaults() {
        Message message = MessageShape.create(type);
        assertThat(message.lowestSupportedVersion()).isEqualTo(twin.constant("LOWEST_SUPPORTED_VERSION"));
        assertThat(message.highestSupportedVersion()).isEqualTo(twin.constant("HIGHEST_SUPPORTED_VERSION"));
        org.apache.kafka.common.protocol.Message theirs = twin.create();
        if (theirs instanceof org.apache.kafka.common.protocol.ApiMessage) {
            assertThat(message.apiKey()).isEqualTo(((org.apache.kafka.common.protocol.ApiMessage) theirs).apiKey());
        }
        assertSameButForAbsentRecords(message, theirs);
        for (short version = message.lowestSupportedVersion();
                version <= message.highestSupportedVersion();
                version++) {
            assertRoundTrip(message, version, "defaults");
        }
    }

    private void assertSameButForAbsentRecords(Message message, org.apache.kafka.common.protocol.Message theirs) {
        // Kafka has null for records that may not be null, which it could not write; ours are empty
        if (!type.getSimpleName().equals("FetchSnapshotResponseData")) {
            KafkaTwin.assertSame(message, theirs, type.getSimpleName());
        }
    }

    /** Random messages: ours and Kafka's bytes, sizes and values are the same, there and back. */
    public void roundTripsThroughKafka(int seedsPerVersion) {
        forEachMessage(seedsPerVersion, this::assertRoundTrip);
    }

    private void assertRoundTrip(Message message, short version, String label) {
        ByteBuffer bytes = BufferWireWriter.encode(message, version);
        String name = type.getSimpleName() + " v" + version + " " + label;
        assertThat(bytes.remaining()).as("size of " + name).isEqualTo(message.sizeBytes(version));
        org.apache.kafka.common.protocol.Message theirs = twin.read(bytes, version);
        ByteBuffer back = KafkaTwin.write(theirs, version);
        assertThat(back).as("Kafka's bytes of " + name).isEqualTo(bytes);
        Message again = readAll(back, version);
        assertThat(again).as(name).isEqualTo(message);
        assertThat(again.hashCode()).as(name).isEqualTo(message.hashCode());
        KafkaTwin.assertSame(again, theirs, name);
        assertThat(message.toString()).startsWith(type.getSimpleName() + "(");
    }

    /** Every strict prefix of a message is refused as malformed, and by nothing else. */
    public void refusesEveryPrefix(int seedsPerVersion) {
        forEachMessage(seedsPerVersion, (message, version, label) -> {
            ByteBuffer bytes = BufferWireWriter.encode(message, version);
            int step = Math.max(1, bytes.limit() / 300);
            for (int length = 0; length < bytes.limit(); length += step) {
                assertMalformed(bytes.slice(0, length), version, label);
            }
        });
    }

    private void assertMalformed(ByteBuffer prefix, short version, String label) {
        try {
            readAll(prefix, version);
        } catch (MalformedMessageException e) {
            return;
        }
        throw new AssertionError(
                type.getSimpleName() + " v" + version + " " + label + " was read when cut at " + prefix.limit());
    }

    /**
     * Bytes changed at random are refused as malformed or read as some message that can be written again, and reading
     * them allocates memory in proportion to their size.
     */
    public void survivesMutation(int seedsPerVersion, int mutations) {
        forEachMessage(seedsPerVersion, (message, version, label) -> {
            byte[] bytes = BufferWireWriter.encode(message, version).array();
            SplittableRandom random = new SplittableRandom(bytes.length * 31L + version);
            for (int i = 0; i < mutations && bytes.length > 0; i++) {
                byte[] mutated = mutate(bytes, random);
                readOrRefuse(mutated, version, type.getSimpleName() + " v" + version + " " + label);
            }
        });
    }

    private static byte[] mutate(byte[] bytes, SplittableRandom random) {
        byte[] mutated = bytes.clone();
        byte[] extremes = {0, -1, 0x7f, (byte) 0x80, 1, -2};
        for (int left = random.nextInt(1, 6); left > 0; left--) {
            int position = random.nextInt(mutated.length);
            mutated[position] =
                    random.nextBoolean() ? (byte) random.nextInt() : extremes[random.nextInt(extremes.length)];
            if (random.nextInt(4) == 0 && position + 4 <= mutated.length) {
                ByteBuffer.wrap(mutated).putInt(position, random.nextBoolean() ? Integer.MAX_VALUE : -1);
            }
        }
        return mutated;
    }

    private void readOrRefuse(byte[] bytes, short version, String label) {
        long limitBytes = 65_536 + 200L * bytes.length;
        long allocatedBytes = allocatedBy(bytes, version);
        if (allocatedBytes > limitBytes) {
            // the first time the virtual machine may have loaded classes for it
            allocatedBytes = allocatedBy(bytes, version);
        }
        if (allocatedBytes > limitBytes) {
            throw new AssertionError(label + ": " + allocatedBytes + " bytes of memory for " + bytes.length + " bytes");
        }
        Message read;
        try {
            read = read(bytes, version);
        } catch (MalformedMessageException e) {
            return;
        }
        ByteBuffer written = BufferWireWriter.encode(read, version);
        assertThat(readAll(written, version)).as(label).isEqualTo(read);
    }

    private long allocatedBy(byte[] bytes, short version) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            read(bytes, version);
        } catch (MalformedMessageException e) {
            return THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private Message read(byte[] bytes, short version) {
        Message message = MessageShape.create(type);
        message.read(new WireReader(ByteBuffer.wrap(bytes)), version);
        return message;
    }

    private Message readAll(ByteBuffer bytes, short version) {
        Message message = MessageShape.create(type);
        WireReader reader = new WireReader(bytes.duplicate());
        message.read(reader, version);
        reader.checkEnd(type.getSimpleName());
        return message;
    }

    private void forEachMessage(int seedsPerVersion, Check check) {
        Message lowest = MessageShape.create(type);
        for (short version = lowest.lowestSupportedVersion(); version <= lowest.highestSupportedVersion(); version++) {
            for (int seed = 0; seed < seedsPerVersion; seed++) {
                Message message = MessageShape.create(type);
                new RandomFill(seed * 1000L + version).fill(message, twin.schema(version));
                check.check(message, version, "seed " + seed);
            }
        }
    }

    /** Looks at one random message. */
    private interface Check {
        void check(Message message, short version, String label);
    }
}
