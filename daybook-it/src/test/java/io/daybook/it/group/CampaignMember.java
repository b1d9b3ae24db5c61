package io.daybook.it.group;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.IntegerDeserializer;

/** A consumer on a thread of its own, which notes what it reads and commits it, until it is told to end. */
final class CampaignMember {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], Integer> consumer;
    private final Set<Integer> seen;
    private final Thread thread;
    private volatile GroupMembershipOperation end = GroupMembershipOperation.LEAVE_GROUP;
    private volatile boolean ended;
    private volatile Throwable failure = new Throwable("none");
    private volatile boolean failed;

    /** Starts at once. {@code seen} takes the values and is shared by the members of a group. */
    CampaignMember(String bootstrapServers, String groupId, Map<String, String> protocol, Set<Integer> seen) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers", bootstrapServers,
                "group.id", groupId,
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                "max.poll.records", "200",
                "key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer",
                "value.deserializer", IntegerDeserializer.class.getName()));
        config.putAll(protocol);
        this.consumer = new KafkaConsumer<>(config);
        this.seen = seen;
        this.thread = new Thread(this::run, "member of " + groupId);
        thread.start();
    }

    private void run() {
        try {
            consumer.subscribe(List.of(GroupCampaignTest.TOPIC));
            while (!ended) {
                pollAndCommit();
            }
        } catch (WakeupException e) {
            // Told to end while it polled.
        } catch (Throwable e) {
            failure = e;
            failed = true;
        } finally {
            consumer.close(CloseOptions.groupMembershipOperation(end).withTimeout(Duration.ofSeconds(5)));
        }
    }

    /** What was read is noted before it is committed. That others have the partitions by then is no failure. */
    private void pollAndCommit() {
        try {
            for (ConsumerRecord<byte[], Integer> each : consumer.poll(POLL)) {
                seen.add(each.value());
            }
            consumer.commitSync(Duration.ofSeconds(10));
        } catch (CommitFailedException | RebalanceInProgressException e) {
            // It reads again from what is committed, or somebody else does.
        }
    }

    /** Says goodbye, or falls silent as a process that dies: then its session must run out. */
    void end(boolean silently) throws InterruptedException {
        end = silently ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.LEAVE_GROUP;
        ended = true;
        consumer.wakeup();
        thread.join();
        check();
    }

    /** Fails if the member has. */
    void check() {
        if (failed) {
            throw new AssertionError("a member has failed", failure);
        }
    }
}
