package io.daybook.broker.group;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.daybook.base.Uuid;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.TopicImage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the members of a group subscribe to, at one version of the metadata. Regular expressions are RE2's, whose matching
 * takes time linear in the name, so that nobody can keep the coordinator busy with one.
 */
final class TopicSubscriptions {
    private static final long HASH_SEED = 0xcbf29ce484222325L;
    private static final long HASH_PRIME = 0x100000001b3L;

    private final MetadataImage metadata;
    private final Collection<ConsumerMember> members;
    private final Map<String, List<String>> topicsByRegex;

    /** The topics of a regular expression that is not in the map are unknown. */
    TopicSubscriptions(
            MetadataImage metadata, Collection<ConsumerMember> members, Map<String, List<String>> topicsByRegex) {
        this.metadata = metadata;
        this.members = members;
        this.topicsByRegex = topicsByRegex;
    }

    /** Why this is no regular expression; empty if it is one. */
    static Optional<String> syntaxError(String regex) {
        try {
            Pattern.compile(regex);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(String.valueOf(e.getDescription()));
        }
    }

    /** The topics that a valid regular expression matches from the first letter to the last. */
    static List<String> resolve(String regex, MetadataImage metadata) {
        Pattern pattern = Pattern.compile(regex);
        List<String> topics = new ArrayList<>();
        for (TopicImage topic : metadata.topics()) {
            if (pattern.matches(topic.name())) {
                topics.add(topic.name());
            }
        }
        return topics;
    }

    /** Differs (but for chance) if the topics or their partitions do; 0 if there are none. */
    long metadataHash() {
        Set<String> names = new TreeSet<>();
        for (ConsumerMember member : members) {
            names.addAll(member.metadata().subscribedTopics());
            names.addAll(topicsOf(member.metadata().subscribedRegex()));
        }
        long hash = 0;
        for (String name : names) {
            Optional<TopicImage> topic = metadata.topic(name);
            if (topic.isPresent()) {
                hash = mix(hash == 0 ? HASH_SEED : hash, topic.get());
            }
        }
        return hash;
    }

    private static long mix(long hash, TopicImage topic) {
        long mixed = mix(hash, topic.id().mostSignificantBits());
        mixed = mix(mixed, topic.id().leastSignificantBits());
        return mix(mixed, topic.partitionCount());
    }

    private static long mix(long hash, long value) {
        long mixed = hash;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            mixed = (mixed ^ (value >>> shift & 0xff)) * HASH_PRIME;
        }
        return mixed;
    }

    /** By member, the topics that exist; members with the same subscription share one set. */
    Map<String, Set<Uuid>> topicsByMember() {
        Map<List<Object>, Set<Uuid>> known = new HashMap<>();
        Map<String, Set<Uuid>> byMember = new TreeMap<>();
        for (ConsumerMember member : members) {
            ConsumerMemberMetadata said = member.metadata();
            List<Object> subscription = List.of(said.subscribedTopics(), said.subscribedRegex());
            Set<Uuid> topicIds = known.get(subscription);
            if (topicIds == null) {
                topicIds = ids(said);
                known.put(subscription, topicIds);
            }
            byMember.put(member.memberId(), topicIds);
        }
        return byMember;
    }

    private Set<Uuid> ids(ConsumerMemberMetadata said) {
        Set<String> names = new HashSet<>(said.subscribedTopics());
        names.addAll(topicsOf(said.subscribedRegex()));
        Set<Uuid> ids = new TreeSet<>();
        for (String name : names) {
            metadata.topic(name).ifPresent(topic -> ids.add(topic.id()));
        }
        return ids;
    }

    private List<String> topicsOf(String regex) {
        return regex.isEmpty() ? List.of() : topicsByRegex.getOrDefault(regex, List.of());
    }
}
