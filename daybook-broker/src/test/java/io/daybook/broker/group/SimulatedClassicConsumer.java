package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.metadata.TopicImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A consumer of the classic protocol that gives up everything before it joins. One step at a time; never waits. */
final class SimulatedClassicConsumer {
    private static final List<String> TOPICS = List.of("t", "t1", "t2", "t3");

    private final GroupScript script;
    private @Nullable CompletableFuture<JoinResult> joining;
    private @Nullable CompletableFuture<SyncResult> syncing;
    private boolean settled;
    private int generation;
    private Map<Uuid, Set<Integer>> owned = new TreeMap<>();
    private String memberId = "";

    SimulatedClassicConsumer(GroupScript script) {
        this.script = script;
    }

    String memberId() {
        return memberId;
    }

    Map<Uuid, Set<Integer>> owned() {
        return owned;
    }

    /** Sends the next request, or takes the answer to the last one if there is one. */
    void act() {
        if (joining != null) {
            takeJoinResult(joining);
        } else if (syncing != null) {
            takeSyncResult(syncing);
        } else if (settled) {
            heartbeat();
        } else {
            join();
        }
        script.shard.drain();
    }

    /** The broker is gone, and with it the answers that were to come. */
    void loseConnection() {
        if (joining != null || syncing != null) {
            joining = null;
            syncing = null;
            settled = false;
        }
    }

    void leave() {
        owned = new TreeMap<>();
        script.service.leave(new LeaveRequest("g", List.of(new LeaveRequest.Leaver(memberId, ""))));
        script.shard.drain();
    }

    private void join() {
        owned = new TreeMap<>();
        joining = script.service.join(new JoinRequest(
                "g",
                memberId,
                "",
                new GroupClient("classic", "/127.0.0.1"),
                30_000,
                45_000,
                "consumer",
                List.of(new ClassicProtocol("range", GroupScriptText.subscription(TOPICS))),
                true,
                true));
    }

    private void takeJoinResult(CompletableFuture<JoinResult> answer) {
        if (!answer.isDone()) {
            return;
        }
        joining = null;
        JoinResult result = answer.getNow(null);
        switch (result.code()) {
            case NONE -> {
                generation = result.generationId();
                memberId = result.memberId();
                syncing = script.service.sync(new SyncRequest(
                        "g", generation, memberId, "", "consumer", result.protocolName(), assignments(result)));
            }
            case MEMBER_ID_REQUIRED -> memberId = result.memberId();
            case REBALANCE_IN_PROGRESS -> settled = false;
            default -> memberId = "";
        }
    }

    /** What a leader brings: everything, one after the other. */
    private Map<String, OpaqueBytes> assignments(JoinResult result) {
        List<Map<Uuid, Set<Integer>>> shares = new ArrayList<>();
        result.members().forEach(member -> shares.add(new TreeMap<>()));
        int next = 0;
        for (TopicImage topic : script.metadata().topics()) {
            for (int partition = 0; partition < topic.partitionCount() && !shares.isEmpty(); partition++) {
                shares.get(next++ % shares.size())
                        .computeIfAbsent(topic.id(), id -> new TreeSet<>())
                        .add(partition);
            }
        }
        Map<String, OpaqueBytes> assignments = new HashMap<>();
        for (int i = 0; i < shares.size(); i++) {
            JoinResult.Member member = result.members().get(i);
            assignments.put(
                    member.memberId(), ClassicAssignment.write(shares.get(i), script.metadata(), member.metadata()));
        }
        return assignments;
    }

    private void takeSyncResult(CompletableFuture<SyncResult> answer) {
        if (!answer.isDone()) {
            return;
        }
        syncing = null;
        SyncResult result = answer.getNow(null);
        settled = result.code().isNone();
        if (settled) {
            owned = ClassicAssignment.read(result.assignment(), script.metadata())
                    .orElseThrow();
        }
    }

    private void heartbeat() {
        CompletableFuture<ErrorCode> answer =
                script.service.heartbeat(new HeartbeatRequest("g", generation, memberId, ""));
        script.shard.drain();
        switch (answer.getNow(ErrorCode.UNKNOWN_SERVER_ERROR)) {
            case NONE -> settled = true;
            case REBALANCE_IN_PROGRESS, ILLEGAL_GENERATION -> settled = false;
            default -> {
                settled = false;
                memberId = "";
            }
        }
        if (!settled) {
            owned = new TreeMap<>();
        }
    }
}
