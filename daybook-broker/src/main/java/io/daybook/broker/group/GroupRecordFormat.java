package io.daybook.broker.group;

import io.daybook.base.wire.MalformedMessageException;
import io.daybook.base.wire.Message;
import io.daybook.base.wire.WireReader;
import io.daybook.broker.coordinator.CoordinatorRecordFormat;
import io.daybook.broker.group.record.CoordinatorRecordType;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of {@code __consumer_offsets}, byte for byte as Kafka has them. Types that this broker has no use for are
 * passed over, as another Kafka may have written them.
 */
enum GroupRecordFormat implements CoordinatorRecordFormat<GroupRecord> {
    INSTANCE;

    @Override
    public ByteBuffer key(GroupRecord record) {
        return record.stored().encodedKey();
    }

    @Override
    public @Nullable ByteBuffer value(GroupRecord record) {
        return record.stored().encodedValue();
    }

    @Override
    public Optional<GroupRecord> read(ByteBuffer key, @Nullable ByteBuffer value) {
        WireReader keyReader = new WireReader(key);
        Optional<CoordinatorRecordType> type = CoordinatorRecordType.find(keyReader.readInt16());
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Message keyMessage = type.get().readKey(keyReader);
        return switch (type.get()) {
            case LEGACY_OFFSET_COMMIT, OFFSET_COMMIT ->
                Optional.of(OffsetRecordFormat.read(keyMessage, valueOf(type.get(), value)));
            case GROUP_METADATA -> Optional.of(ClassicGroupRecordFormat.read(keyMessage, valueOf(type.get(), value)));
            case CONSUMER_GROUP_METADATA,
                    CONSUMER_GROUP_MEMBER_METADATA,
                    CONSUMER_GROUP_TARGET_ASSIGNMENT_METADATA,
                    CONSUMER_GROUP_TARGET_ASSIGNMENT_MEMBER,
                    CONSUMER_GROUP_CURRENT_MEMBER_ASSIGNMENT,
                    CONSUMER_GROUP_REGULAR_EXPRESSION ->
                Optional.of(ConsumerGroupRecordFormat.read(keyMessage, valueOf(type.get(), value)));
            case CONSUMER_GROUP_PARTITION_METADATA,
                    SHARE_GROUP_MEMBER_METADATA,
                    SHARE_GROUP_METADATA,
                    SHARE_GROUP_TARGET_ASSIGNMENT_METADATA,
                    SHARE_GROUP_TARGET_ASSIGNMENT_MEMBER,
                    SHARE_GROUP_CURRENT_MEMBER_ASSIGNMENT,
                    SHARE_GROUP_STATE_PARTITION_METADATA,
                    STREAMS_GROUP_METADATA,
                    STREAMS_GROUP_MEMBER_METADATA,
                    STREAMS_GROUP_TARGET_ASSIGNMENT_METADATA,
                    STREAMS_GROUP_TARGET_ASSIGNMENT_MEMBER,
                    STREAMS_GROUP_CURRENT_MEMBER_ASSIGNMENT,
                    STREAMS_GROUP_TOPOLOGY -> Optional.empty();
        };
    }

    private static @Nullable Message valueOf(CoordinatorRecordType type, @Nullable ByteBuffer value) {
        if (value == null) {
            return null;
        }
        WireReader reader = new WireReader(value);
        short version = reader.readInt16();
        if (!type.hasVersion(version)) {
            throw new MalformedMessageException(type + " has versions " + type.lowestVersion() + " to "
                    + type.highestVersion() + ", the record says " + version);
        }
        return type.readValue(reader, version);
    }
}
