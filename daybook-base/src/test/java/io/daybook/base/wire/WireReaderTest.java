package io.daybook.base.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.base.record.Records;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireReaderTest {
    private static WireReader reader(int... octets) {
        ByteBuffer bytes = ByteBuffer.allocate(octets.length);
        for (int octet : octets) {
            bytes.put((byte) octet);
        }
        return new WireReader(bytes.flip());
    }

    @Test
    void aCountBeyondTheBytesIsRefusedBeforeAnythingIsMade() {
        WireReader reader = reader(0x7f, 0xff, 0xff, 0xff, 1, 2, 3);
        assertThatThrownBy(() -> reader.readCount(false, 1, "topics"))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage(
                        "topics before position 4 announces 2147483647 elements of at least 1 bytes, 3 bytes remain");
    }

    @Test
    void aCountThatFitsOnlyElementsOfNoSizeIsRefused() {
        assertThat(reader(0, 0, 0, 3, 1, 2, 3).readCount(false, 1, "topics")).isEqualTo(3);
        assertThatThrownBy(() -> reader(0, 0, 0, 3, 1, 2, 3).readCount(false, 2, "topics"))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void compactCountsUpTo32BitsAreChecked() {
        assertThatThrownBy(() -> reader(0xff, 0xff, 0xff, 0xff, 0x0f, 1).readCount(true, 1, "topics"))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("4294967294");
        assertThatThrownBy(() -> reader(0xff, 0xff, 0xff, 0xff, 0xff, 1).readCount(true, 1, "topics"))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("longer than 32 bits");
    }

    @Test
    void negativeLengthsOtherThanNullAreRefused() {
        assertThat(reader(0xff, 0xff).readNullableString(false, "clientId")).isNull();
        assertThatThrownBy(() -> reader(0xff, 0xfe, 1, 2).readNullableString(false, "clientId"))
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> reader(0xff, 0xff, 0xff, 0xfe, 1).readNullableBytes(false, "userData"))
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> reader(0xff, 0xff, 0xff, 0xfe, 1).readNullableCount(false, 1, "topics"))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void nullWhereThereMustBeAValueIsRefusedByName() {
        assertThatThrownBy(() -> reader(0).readString(true, "topic"))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("topic before position 1 is null");
        assertThatThrownBy(() -> reader(0xff, 0xff, 0xff, 0xff).readCount(false, 1, "topics"))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void aTaggedFieldIsReadWithinItsSizeAndToItsEnd() {
        WireReader tooLong = reader(0, 2, 0, 0, 0, 7);
        tooLong.readUnsignedVarint();
        tooLong.beginTaggedField();
        assertThatThrownBy(tooLong::readInt32).isInstanceOf(MalformedMessageException.class);

        WireReader tooShort = reader(0, 4, 0, 0, 0, 7);
        tooShort.readUnsignedVarint();
        int outerLimit = tooShort.beginTaggedField();
        tooShort.readInt16();
        assertThatThrownBy(() -> tooShort.endTaggedField(outerLimit))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("tagged field ends at position 4, 2 bytes follow");
    }

    @Test
    void millionsOfTaggedFieldsCostTheirBytesAndNoMore() {
        // Given a frame of 4 MiB that is full of empty tagged fields
        int count = 2 * 1024 * 1024;
        ByteBuffer bytes = ByteBuffer.allocate(2 * count + 4);
        BufferWireWriter writer = new BufferWireWriter(bytes);
        writer.writeUnsignedVarint(count);
        while (bytes.remaining() >= 2) {
            bytes.put((byte) 5).put((byte) 0);
        }
        // When
        UnknownTaggedFields unknown = new WireReader(bytes.flip()).readUnknownTaggedFields();
        // Then
        assertThat(unknown.count()).isEqualTo(count);
        assertThat(unknown.sizeBytes()).isEqualTo(2 * count);
    }

    @Test
    void moreTaggedFieldsThanBytesAreRefused() {
        assertThatThrownBy(() -> reader(0xff, 0xff, 0x7f, 1, 0).readUnknownTaggedFields())
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("2097151");
    }

    @Test
    void recordsAreASliceOfTheFrameAndNoCopy() {
        byte[] frame = {0, 0, 0, 2, 10, 11};
        Records records = new WireReader(ByteBuffer.wrap(frame)).readRecords(false, "records");
        frame[4] = 42;
        assertThat(records.buffer().get(0)).isEqualTo((byte) 42);
    }

    @Test
    void readsFromDirectBuffersAndFromTheMiddleOfArrays() {
        byte[] text = "\u0007Dämmer".getBytes(StandardCharsets.UTF_8);
        ByteBuffer direct = ByteBuffer.allocateDirect(20).put(3, (byte) 8);
        direct.position(3).put((byte) 8).put(text, 1, text.length - 1).flip().position(3);
        assertThat(new WireReader(direct).readString(true, "name")).isEqualTo("Dämmer");
        ByteBuffer slice = ByteBuffer.wrap(new byte[20])
                .position(5)
                .slice()
                .put((byte) 8)
                .put(text, 1, 7)
                .flip();
        assertThat(new WireReader(slice).readString(true, "name")).isEqualTo("Dämmer");
    }

    @Test
    void littleEndianBuffersAreNotAccepted() {
        ByteBuffer little = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        assertThatThrownBy(() -> new WireReader(little)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BufferWireWriter(little)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                -1,
                63,
                64,
                -64,
                -65,
                8191,
                8192,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void varintsComeBackAndTakeTheirSize(long value) {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        BufferWireWriter writer = new BufferWireWriter(bytes);
        writer.writeVarlong(value);
        assertThat(bytes.position()).isEqualTo(WireSize.varlong(value));
        writer.writeVarint((int) value);
        writer.writeUnsignedVarint((int) value);
        assertThat(bytes.position())
                .isEqualTo(
                        WireSize.varlong(value) + WireSize.varint((int) value) + WireSize.unsignedVarint((int) value));
        WireReader reader = new WireReader(bytes.flip());
        assertThat(reader.readVarlong()).isEqualTo(value);
        assertThat(reader.readVarint()).isEqualTo((int) value);
        assertThat(reader.readUnsignedVarint()).isEqualTo((int) value);
        reader.checkEnd("varints");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "ä", "€uro", "\uD83D\uDCD3", "a\uD83D", "\uDCD3b", "\uD83D\uD83D\uDCD3", "\u0000"})
    void stringsTakeTheSizeThatJavaGivesThem(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        assertThat(WireSize.utf8(value)).isEqualTo(utf8.length);
        ByteBuffer bytes = ByteBuffer.allocate(20);
        new BufferWireWriter(bytes).writeString(value, true);
        assertThat(new WireReader(bytes.flip()).readBytes(true, "text")).isEqualTo(ByteBuffer.wrap(utf8));
    }
}
