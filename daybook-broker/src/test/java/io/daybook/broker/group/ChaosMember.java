package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.runtime.RandomSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A client of the classic protocol that does what Kafka's does on each answer, and says what it was told. */
final class ChaosMember {
    /** Hears what the broker has promised. */
    interface Witness {
        /** The member owns the partitions in the generation. */
        void assigned(ChaosMember member, int generationId, Set<Integer> partitions);

        /** The offset was committed under the generation. */
        void committed(int generationId, int partition, long offset);
    }

    private enum Stage {
        JOINING,
        SYNCING,
        STABLE,
        GONE
    }

    private final String name;
    private final String instanceId;
    private final int partitionCount;
    private final Witness witness;
    private Stage stage = Stage.JOINING;
    private String memberId = "";
    private int generationId = -1;
    private JoinResult joined = JoinResult.failed(ErrorCode.NONE, "");
    private Set<Integer> owned = Set.of();
    private boolean waiting;
    /** Answers to what was asked before this number changed come too late. */
    private int incarnation;

    ChaosMember(String name, String instanceId, int partitionCount, Witness witness) {
        this.name = name;
        this.instanceId = instanceId;
        this.partitionCount = partitionCount;
        this.witness = witness;
    }

    /** Who it is for the group: a static member keeps its place under a new name. */
    String identity() {
        return instanceId.isEmpty() ? name : instanceId;
    }

    boolean isGone() {
        return stage == Stage.GONE;
    }

    Set<Integer> owned() {
        return stage == Stage.STABLE ? owned : Set.of();
    }

    int generationId() {
        return generationId;
    }

    /** It dies without a word. */
    void crash() {
        stage = Stage.GONE;
        incarnation++;
    }

    /** The connection is lost, and what was asked with it. */
    void disconnect() {
        waiting = false;
        incarnation++;
    }

    /** Does the next thing. */
    void step(GroupService service, RandomSource random, long nextOffset) {
        if (waiting || stage == Stage.GONE) {
            return;
        }
        switch (stage) {
            case JOINING -> join(service);
            case SYNCING -> sync(service);
            case STABLE -> work(service, random, nextOffset);
            case GONE -> throw new IllegalStateException();
        }
    }

    private void join(GroupService service) {
        owned = Set.of();
        ask(
                service.join(new JoinRequest(
                        "g",
                        memberId,
                        instanceId,
                        new GroupClient(name, "/127.0.0.1"),
                        15_000,
                        10_000,
                        "consumer",
                        List.of(new ClassicProtocol("range", GroupScriptText.subscription(List.of("t")))),
                        true,
                        true)),
                result -> {
                    if (result.code().isNone()) {
                        joined = result;
                        memberId = result.memberId();
                        generationId = result.generationId();
                        stage = Stage.SYNCING;
                    } else if (result.code() == ErrorCode.MEMBER_ID_REQUIRED) {
                        memberId = result.memberId();
                    } else {
                        recover(result.code());
                    }
                });
    }

    private void sync(GroupService service) {
        Map<String, OpaqueBytes> assignments = new HashMap<>();
        if (joined.leaderId().equals(memberId) && !joined.skipAssignment()) {
            List<JoinResult.Member> members = joined.members();
            for (int i = 0; i < members.size(); i++) {
                byte[] partitions = new byte[partitionCount];
                int count = 0;
                for (int partition = i; partition < partitionCount; partition += members.size()) {
                    partitions[count++] = (byte) ('0' + partition);
                }
                assignments.put(members.get(i).memberId(), OpaqueBytes.copyOf(Arrays.copyOf(partitions, count)));
            }
        }
        ask(
                service.sync(
                        new SyncRequest("g", generationId, memberId, instanceId, "consumer", "range", assignments)),
                result -> {
                    if (result.code().isNone()) {
                        owned = new LinkedHashSet<>();
                        for (byte partition : result.assignment().toByteArray()) {
                            owned.add(partition - '0');
                        }
                        stage = Stage.STABLE;
                        witness.assigned(this, generationId, owned);
                    } else {
                        recover(result.code());
                    }
                });
    }

    private void work(GroupService service, RandomSource random, long nextOffset) {
        int choice = random.nextInt(20);
        if (choice == 0) {
            stage = Stage.JOINING;
        } else if (choice == 1 && instanceId.isEmpty()) {
            service.leave(new LeaveRequest("g", List.of(new LeaveRequest.Leaver(memberId, ""))));
            crash();
        } else if (choice < 10 && !owned.isEmpty()) {
            commit(service, owned.iterator().next(), nextOffset);
        } else {
            ask(service.heartbeat(new HeartbeatRequest("g", generationId, memberId, instanceId)), code -> {
                if (!code.isNone()) {
                    recover(code);
                }
            });
        }
    }

    private void commit(GroupService service, int partition, long offset) {
        int generation = generationId;
        OffsetCommitter committer = new OffsetCommitter(memberId, instanceId, generation, true, false);
        ask(
                service.commitOffsets(new OffsetCommitRequest(
                        "g",
                        committer,
                        OffsetCommitRequest.BROKER_RETENTION,
                        Map.of(
                                new TopicPartition("t", partition),
                                new OffsetCommitRequest.Entry(offset, -1, "", Uuid.ZERO)))),
                result -> {
                    if (result.code().isNone()) {
                        witness.committed(generation, partition, offset);
                    } else {
                        recover(result.code());
                    }
                });
    }

    private void recover(ErrorCode code) {
        if (code == ErrorCode.FENCED_INSTANCE_ID) {
            stage = Stage.GONE;
        } else if (code == ErrorCode.UNKNOWN_MEMBER_ID || code == ErrorCode.ILLEGAL_GENERATION) {
            memberId = code == ErrorCode.UNKNOWN_MEMBER_ID ? "" : memberId;
            stage = Stage.JOINING;
        } else if (code == ErrorCode.REBALANCE_IN_PROGRESS) {
            stage = Stage.JOINING;
        }
    }

    private <T> void ask(CompletableFuture<T> answer, Consumer<T> then) {
        int asked = incarnation;
        waiting = true;
        answer.thenAccept(value -> {
            if (asked == incarnation) {
                waiting = false;
                then.accept(value);
            }
        });
    }
}
