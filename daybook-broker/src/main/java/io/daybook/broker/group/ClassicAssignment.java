package io.daybook.broker.group;

import io.daybook.base.Uuid;
import io.daybook.base.wire.BufferWireWriter;
import io.daybook.base.wire.MalformedMessageException;
import io.daybook.base.wire.WireReader;
import io.daybook.broker.group.record.ConsumerProtocolAssignment;
import io.daybook.broker.group.record.ConsumerProtocolSubscription;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.TopicImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Between what classic consumers tell each other (topics by name) and what the coordinator assigns (topics by identity).
 * What clients wrote may be anything: what cannot be read is an empty answer, never an exception.
 */
final class ClassicAssignment {
    private ClassicAssignment() {}

    /**
     * What a classic consumer says about itself.
     *
     * @param topics that it subscribes to
     * @param rackId empty if not given
     * @param owned what it still has while it joins, as far as the topics exist; nothing if its version of the protocol
     *     cannot say, as members of that version have given up everything by then
     */
    record Said(List<String> topics, String rackId, Map<Uuid, Set<Integer>> owned) {}

    static Optional<Said> readSubscription(OpaqueBytes subscription, MetadataImage metadata) {
        try {
            WireReader reader = new WireReader(subscription.buffer());
            short version = version(reader.readInt16(), ConsumerProtocolSubscription.HIGHEST_SUPPORTED_VERSION);
            ConsumerProtocolSubscription read = new ConsumerProtocolSubscription(reader, version);
            Map<Uuid, Set<Integer>> owned = new TreeMap<>();
            for (ConsumerProtocolSubscription.TopicPartition each : read.ownedPartitions()) {
                add(owned, metadata, each.topic(), each.partitions());
            }
            return Optional.of(new Said(read.topics(), Names.emptyIfNull(read.rackId()), owned));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    /**
     * What a leader assigned; topics that are gone are left out. Empty if it cannot be read, or holds what only the
     * group's own assignor understands.
     */
    static Optional<Map<Uuid, Set<Integer>>> read(OpaqueBytes assignment, MetadataImage metadata) {
        Map<Uuid, Set<Integer>> partitions = new TreeMap<>();
        if (assignment.sizeBytes() == 0) {
            return Optional.of(partitions);
        }
        try {
            WireReader reader = new WireReader(assignment.buffer());
            short version = version(reader.readInt16(), ConsumerProtocolAssignment.HIGHEST_SUPPORTED_VERSION);
            ConsumerProtocolAssignment read = new ConsumerProtocolAssignment(reader, version);
            ByteBuffer ofAssignor = read.userData();
            if (ofAssignor != null && ofAssignor.hasRemaining()) {
                return Optional.empty();
            }
            for (ConsumerProtocolAssignment.TopicPartition each : read.assignedPartitions()) {
                add(partitions, metadata, each.topic(), each.partitions());
            }
            return Optional.of(partitions);
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    /** In the version in which the member wrote its subscription. */
    static OpaqueBytes write(Map<Uuid, Set<Integer>> partitions, MetadataImage metadata, OpaqueBytes subscription) {
        List<ConsumerProtocolAssignment.TopicPartition> topics = new ArrayList<>();
        partitions.forEach((topicId, numbers) -> metadata.topic(topicId)
                .ifPresent(topic -> topics.add(new ConsumerProtocolAssignment.TopicPartition()
                        .setTopic(topic.name())
                        .setPartitions(List.copyOf(new TreeSet<>(numbers))))));
        short version = version(
                subscription.sizeBytes() < Short.BYTES
                        ? 0
                        : subscription.buffer().getShort(),
                ConsumerProtocolAssignment.HIGHEST_SUPPORTED_VERSION);
        return OpaqueBytes.copyOf(BufferWireWriter.encodeVersioned(
                new ConsumerProtocolAssignment().setAssignedPartitions(topics), version));
    }

    /** Later versions only add at the end, so they can be read as the newest that is known. */
    private static short version(short written, short highestKnown) {
        if (written < 0) {
            throw new MalformedMessageException("version " + written);
        }
        return written > highestKnown ? highestKnown : written;
    }

    private static void add(
            Map<Uuid, Set<Integer>> into, MetadataImage metadata, String name, List<Integer> partitions) {
        Optional<TopicImage> topic = metadata.topic(name);
        if (topic.isPresent() && !partitions.isEmpty()) {
            into.computeIfAbsent(topic.get().id(), id -> new TreeSet<>()).addAll(partitions);
        }
    }
}
