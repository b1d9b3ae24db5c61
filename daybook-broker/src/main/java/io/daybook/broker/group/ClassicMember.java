package io.daybook.broker.group;

import io.daybook.runtime.Cancellable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A member of a classic group, and the requests of it that wait for an answer. Owned by the coordinator's shard. */
final class ClassicMember {
    private static final Cancellable NO_TIMER = () -> {};

    private final String memberId;
    private final String instanceId;
    private final GroupClient client;
    private final String protocolType;
    private List<ClassicProtocol> protocols;
    private int rebalanceTimeoutMs;
    private int sessionTimeoutMs;
    private OpaqueBytes assignment = OpaqueBytes.EMPTY;
    /** It has not got the answer to its first JoinGroup, so it cannot send heartbeats. */
    private boolean isNew;

    private @Nullable CompletableFuture<JoinResult> awaitingJoin;
    private @Nullable CompletableFuture<SyncResult> awaitingSync;
    private Cancellable sessionTimer = NO_TIMER;

    /** A member that joins. */
    ClassicMember(String memberId, JoinRequest request) {
        this.memberId = memberId;
        this.instanceId = request.instanceId();
        this.client = request.client();
        this.protocolType = request.protocolType();
        this.protocols = request.protocols();
        this.rebalanceTimeoutMs = request.rebalanceTimeoutMs();
        this.sessionTimeoutMs = request.sessionTimeoutMs();
    }

    /** A member from the log: it is known to support the group's protocol. */
    ClassicMember(ClassicGroupMetadata.Member stored, String protocolType, String protocolName) {
        this.memberId = stored.memberId();
        this.instanceId = stored.instanceId();
        this.client = stored.client();
        this.protocolType = protocolType;
        this.protocols = List.of(new ClassicProtocol(protocolName, stored.subscription()));
        this.rebalanceTimeoutMs = stored.rebalanceTimeoutMs();
        this.sessionTimeoutMs = stored.sessionTimeoutMs();
        this.assignment = stored.assignment();
    }

    String memberId() {
        return memberId;
    }

    String instanceId() {
        return instanceId;
    }

    boolean isStatic() {
        return !instanceId.isEmpty();
    }

    GroupClient client() {
        return client;
    }

    String protocolType() {
        return protocolType;
    }

    List<ClassicProtocol> protocols() {
        return protocols;
    }

    int rebalanceTimeoutMs() {
        return rebalanceTimeoutMs;
    }

    int sessionTimeoutMs() {
        return sessionTimeoutMs;
    }

    OpaqueBytes assignment() {
        return assignment;
    }

    void assign(OpaqueBytes newAssignment) {
        this.assignment = newAssignment;
    }

    boolean isNew() {
        return isNew;
    }

    void markNew(boolean value) {
        this.isNew = value;
    }

    /** More is known of what it supports than the log of a classic group keeps. */
    void support(List<ClassicProtocol> newProtocols) {
        this.protocols = newProtocols;
    }

    /** What a rejoining member says replaces what it said before. */
    void update(JoinRequest request) {
        this.protocols = request.protocols();
        this.rebalanceTimeoutMs = request.rebalanceTimeoutMs();
        this.sessionTimeoutMs = request.sessionTimeoutMs();
    }

    boolean matches(List<ClassicProtocol> others) {
        return protocols.equals(others);
    }

    /** Its metadata for the protocol; empty if it does not support it. */
    OpaqueBytes metadata(String protocolName) {
        for (ClassicProtocol protocol : protocols) {
            if (protocol.name().equals(protocolName)) {
                return protocol.metadata();
            }
        }
        return OpaqueBytes.EMPTY;
    }

    /** The first protocol in its order of preference that is a candidate. */
    Optional<String> vote(Iterable<String> candidates) {
        for (ClassicProtocol protocol : protocols) {
            for (String candidate : candidates) {
                if (candidate.equals(protocol.name())) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    boolean isAwaitingJoin() {
        return awaitingJoin != null;
    }

    boolean isAwaitingSync() {
        return awaitingSync != null;
    }

    /** The answer is parked; what was parked before belongs to a client that has given up, and is returned. */
    Optional<CompletableFuture<JoinResult>> awaitJoin(CompletableFuture<JoinResult> answer) {
        Optional<CompletableFuture<JoinResult>> former = takeAwaitingJoin();
        awaitingJoin = answer;
        return former;
    }

    Optional<CompletableFuture<JoinResult>> takeAwaitingJoin() {
        Optional<CompletableFuture<JoinResult>> answer = Optional.ofNullable(awaitingJoin);
        awaitingJoin = null;
        return answer;
    }

    /** As {@link #awaitJoin}. */
    Optional<CompletableFuture<SyncResult>> awaitSync(CompletableFuture<SyncResult> answer) {
        Optional<CompletableFuture<SyncResult>> former = takeAwaitingSync();
        awaitingSync = answer;
        return former;
    }

    Optional<CompletableFuture<SyncResult>> takeAwaitingSync() {
        Optional<CompletableFuture<SyncResult>> answer = Optional.ofNullable(awaitingSync);
        awaitingSync = null;
        return answer;
    }

    /** Replaces the timer that ends the session. */
    void watch(Cancellable timer) {
        sessionTimer.cancel();
        sessionTimer = timer;
    }

    /** The member leaves the group. */
    void close() {
        sessionTimer.cancel();
        sessionTimer = NO_TIMER;
    }

    /** The member as the log keeps it. */
    ClassicGroupMetadata.Member stored(String protocolName, OpaqueBytes storedAssignment) {
        return new ClassicGroupMetadata.Member(
                memberId,
                instanceId,
                client,
                rebalanceTimeoutMs,
                sessionTimeoutMs,
                metadata(protocolName),
                storedAssignment);
    }
}
