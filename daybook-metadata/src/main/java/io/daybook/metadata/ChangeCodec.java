package io.daybook.metadata;

import io.daybook.base.wire.BufferWireWriter;
import io.daybook.base.wire.MalformedMessageException;
import io.daybook.base.wire.Message;
import io.daybook.base.wire.WireReader;
import io.daybook.metadata.MetadataChange.ClusterNamed;
import io.daybook.metadata.MetadataChange.ConfigSet;
import io.daybook.metadata.MetadataChange.FeatureLevelSet;
import io.daybook.metadata.MetadataChange.LeaderEpochRaised;
import io.daybook.metadata.MetadataChange.PartitionsAdded;
import io.daybook.metadata.MetadataChange.ProducerIdsAllocated;
import io.daybook.metadata.MetadataChange.TopicCreated;
import io.daybook.metadata.MetadataChange.TopicDeleted;
import io.daybook.metadata.MetadataChange.TopicPurged;
import io.daybook.metadata.MetadataChange.TopicRestored;
import io.daybook.metadata.record.ClusterRecord;
import io.daybook.metadata.record.ConfigRecord;
import io.daybook.metadata.record.FeatureLevelRecord;
import io.daybook.metadata.record.LeaderEpochRecord;
import io.daybook.metadata.record.MetadataRecordType;
import io.daybook.metadata.record.PartitionCountRecord;
import io.daybook.metadata.record.ProducerIdsRecord;
import io.daybook.metadata.record.TopicDeletionRecord;
import io.daybook.metadata.record.TopicPurgeRecord;
import io.daybook.metadata.record.TopicRecord;
import io.daybook.metadata.record.TopicRestorationRecord;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Turns changes into records and back. The key of a record is its type as an int16, its value the version as an int16 and
 * then the message.
 */
final class ChangeCodec {
    private ChangeCodec() {}

    static ByteBuffer key(Message message) {
        return ByteBuffer.allocate(Short.BYTES).putShort(message.apiKey()).flip();
    }

    static ByteBuffer value(Message message) {
        return BufferWireWriter.encodeVersioned(message, message.highestSupportedVersion());
    }

    /**
     * Reads a record.
     *
     * @throws MalformedMessageException if it is not whole, or of a type or version that this program does not know
     */
    static Message message(ByteBuffer key, ByteBuffer value) {
        if (key.remaining() != Short.BYTES || value.remaining() < Short.BYTES) {
            throw new MalformedMessageException("a record of the metadata has no type or no version");
        }
        short typeId = key.getShort(key.position());
        MetadataRecordType type = MetadataRecordType.find(typeId)
                .orElseThrow(() -> new MalformedMessageException(
                        "type " + typeId + " of a record is not known: a newer Daybook wrote it"));
        ByteBuffer rest = value.slice();
        short version = rest.getShort();
        if (!type.hasVersion(version)) {
            throw new MalformedMessageException(
                    "version " + version + " of " + type + " is not known: a newer Daybook wrote it");
        }
        WireReader reader = new WireReader(rest);
        Message message = type.readValue(reader, version);
        reader.checkEnd(type.toString());
        return message;
    }

    static Message encode(MetadataChange change) {
        if (change instanceof TopicCreated created) {
            return encode(created);
        } else if (change instanceof ConfigSet set) {
            return new ConfigRecord()
                    .setResourceType(set.resource().type().id())
                    .setResourceName(set.resource().name())
                    .setKey(set.key())
                    .setValue(set.value().orElse(null));
        } else if (change instanceof PartitionsAdded added) {
            return new PartitionCountRecord().setTopicId(added.topicId()).setPartitionCount(added.newPartitionCount());
        } else if (change instanceof TopicDeleted deleted) {
            return new TopicDeletionRecord().setTopicId(deleted.topicId()).setDeletedMs(deleted.deletedMs());
        } else if (change instanceof TopicRestored restored) {
            return new TopicRestorationRecord().setTopicId(restored.topicId());
        } else if (change instanceof TopicPurged purged) {
            return new TopicPurgeRecord().setTopicId(purged.topicId());
        } else if (change instanceof ProducerIdsAllocated allocated) {
            return new ProducerIdsRecord().setNextProducerId(allocated.nextProducerId());
        } else if (change instanceof LeaderEpochRaised raised) {
            return new LeaderEpochRecord().setLeaderEpoch(raised.leaderEpoch());
        } else if (change instanceof FeatureLevelSet set) {
            return new FeatureLevelRecord().setName(set.feature()).setLevel(set.level());
        } else if (change instanceof ClusterNamed named) {
            return new ClusterRecord().setClusterId(named.clusterId());
        }
        throw new AssertionError(change);
    }

    private static TopicRecord encode(TopicCreated created) {
        TopicRecord record = new TopicRecord()
                .setName(created.name())
                .setTopicId(created.id())
                .setPartitionCount(created.partitionCount())
                .setCreatedMs(created.createdMs());
        created.configs().forEach((key, value) -> record.configs()
                .add(new TopicRecord.TopicConfig().setKey(key).setValue(value)));
        return record;
    }

    /**
     * The change that a record stands for.
     *
     * @throws MalformedMessageException if it stands for none
     */
    static MetadataChange decode(Message message) {
        if (message instanceof TopicRecord topic) {
            return decode(topic);
        } else if (message instanceof ConfigRecord config) {
            return decode(config);
        } else if (message instanceof PartitionCountRecord count) {
            return new PartitionsAdded(count.topicId(), count.partitionCount());
        } else if (message instanceof TopicDeletionRecord deletion) {
            return new TopicDeleted(deletion.topicId(), deletion.deletedMs());
        } else if (message instanceof TopicRestorationRecord restoration) {
            return new TopicRestored(restoration.topicId());
        } else if (message instanceof TopicPurgeRecord purge) {
            return new TopicPurged(purge.topicId());
        } else if (message instanceof ProducerIdsRecord ids) {
            return new ProducerIdsAllocated(ids.nextProducerId());
        } else if (message instanceof LeaderEpochRecord epoch) {
            return new LeaderEpochRaised(epoch.leaderEpoch());
        } else if (message instanceof FeatureLevelRecord level) {
            return new FeatureLevelSet(level.name(), level.level());
        } else if (message instanceof ClusterRecord cluster) {
            return new ClusterNamed(cluster.clusterId());
        }
        throw new MalformedMessageException("a record of type " + message.apiKey() + " is not a change");
    }

    private static MetadataChange decode(TopicRecord record) {
        if (record.partitionCount() < 1) {
            throw new MalformedMessageException("a topic with " + record.partitionCount() + " partitions");
        }
        Map<String, String> configs = new HashMap<>();
        record.configs().forEach(config -> configs.put(config.key(), config.value()));
        return new TopicCreated(record.name(), record.topicId(), record.partitionCount(), record.createdMs(), configs);
    }

    private static MetadataChange decode(ConfigRecord record) {
        if (!ConfigResource.Type.isKnown(record.resourceType())) {
            throw new MalformedMessageException("a configuration of an unknown kind, " + record.resourceType());
        }
        return new ConfigSet(
                new ConfigResource(ConfigResource.Type.of(record.resourceType()), record.resourceName()),
                record.key(),
                Optional.ofNullable(record.value()));
    }
}
