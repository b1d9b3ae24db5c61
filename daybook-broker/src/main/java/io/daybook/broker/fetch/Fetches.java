package io.daybook.broker.fetch;

import io.daybook.base.ErrorCode;
import io.daybook.broker.partition.Partition;
import io.daybook.broker.partition.PartitionRead;
import io.daybook.broker.partition.Partitions;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers fetches. For any thread. A fetch lives on the shard of its first partition, so that one of a single partition
 * is a single task; a session stays on the shard of its first fetch.
 */
public final class Fetches {
    private final List<Shard> shards;
    private final Partitions partitions;
    private final List<FetchSessions> sessions = new ArrayList<>();

    /**
     * Without sessions yet.
     *
     * @param maxSessions {@code max.incremental.fetch.session.cache.slots}
     */
    public Fetches(List<Shard> shards, Partitions partitions, int maxSessions, Ticker ticker, RandomSource random) {
        this.shards = List.copyOf(shards);
        this.partitions = partitions;
        int perShard = (maxSessions + shards.size() - 1) / shards.size();
        for (int i = 0; i < shards.size(); i++) {
            sessions.add(new FetchSessions(
                    shards.get(i), new FetchSessions.Part(i, shards.size()), perShard, ticker, random));
        }
    }

    /** Answers a fetch when there is enough, or its time is over. */
    public void fetch(FetchRequest request, FetchReply reply) {
        int index = request.sessionId() > 0 ? request.sessionId() % shards.size() : homeOf(request);
        Shard home = shards.get(index);
        if (home.isOwner()) {
            fetch(home, sessions.get(index), request, reply);
        } else if (!home.offer(() -> fetch(home, sessions.get(index), request, reply))) {
            reply.complete(refused(request));
        }
    }

    private int homeOf(FetchRequest request) {
        Partition first =
                request.items().isEmpty() ? null : request.items().get(0).resolve(partitions);
        return first == null ? 0 : shards.indexOf(first.shard());
    }

    private void fetch(Shard home, FetchSessions kept, FetchRequest request, FetchReply reply) {
        home.checkOwner();
        if (request.isFull()) {
            if (request.sessionId() != 0) {
                kept.remove(request.sessionId());
            }
            fetchAll(home, kept, request, reply);
            return;
        }
        Optional<FetchSession> known = kept.find(request.sessionId());
        if (known.isEmpty()) {
            reply.complete(FetchAnswer.failed(ErrorCode.FETCH_SESSION_ID_NOT_FOUND));
        } else if (known.get().isById() != request.byId()) {
            reply.complete(FetchAnswer.failed(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR));
        } else if (known.get().nextEpoch() != request.sessionEpoch()) {
            reply.complete(FetchAnswer.failed(ErrorCode.INVALID_FETCH_SESSION_EPOCH));
        } else {
            fetchNews(home, kept, known.get(), request, reply);
        }
    }

    private void fetchAll(Shard home, FetchSessions kept, FetchRequest request, FetchReply reply) {
        FetchItems items = new FetchItems(request.items(), 0);
        FetchRound.start(home, partitions, items, request.limits(), reads -> {
            Optional<FetchSession> session = request.sessionEpoch() == FetchRequest.INITIAL_EPOCH
                    ? kept.create(request.byId(), items.list().size())
                    : Optional.empty();
            List<FetchAnswer.Part> parts = new ArrayList<>(reads.length);
            for (int i = 0; i < reads.length; i++) {
                items.list().get(i).told(reads[i]);
                parts.add(new FetchAnswer.Part(items.list().get(i).key(), reads[i]));
            }
            session.ifPresent(created -> created.update(items.list(), List.of()));
            reply.complete(new FetchAnswer(
                    ErrorCode.NONE, session.map(FetchSession::id).orElse(0), parts));
        });
    }

    private void fetchNews(
            Shard home, FetchSessions kept, FetchSession session, FetchRequest request, FetchReply reply) {
        session.update(request.items(), request.forgotten());
        kept.used(session);
        if (session.size() == 0) {
            kept.remove(session.id());
            reply.complete(new FetchAnswer(ErrorCode.NONE, 0, List.of()));
            return;
        }
        new SessionFetch(home, partitions, session, request.limits(), reply).start();
    }

    /** Every partition is refused in a way that makes the client ask again a little later. */
    private static FetchAnswer refused(FetchRequest request) {
        if (!request.isFull()) {
            return FetchAnswer.failed(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
        }
        List<FetchAnswer.Part> parts = new ArrayList<>();
        for (FetchItem each : request.items()) {
            parts.add(new FetchAnswer.Part(each.key(), PartitionRead.failed(ErrorCode.NOT_LEADER_OR_FOLLOWER)));
        }
        return new FetchAnswer(ErrorCode.NONE, 0, parts);
    }
}
