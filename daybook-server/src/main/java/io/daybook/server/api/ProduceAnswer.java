package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.partition.Acks;
import io.daybook.broker.partition.Partition;
import io.daybook.log.AppendResult;
import io.daybook.log.RecordError;
import io.daybook.protocol.message.ProduceRequestData;
import io.daybook.protocol.message.ProduceResponseData;
import io.daybook.protocol.message.ProduceResponseData.BatchIndexAndErrorMessage;
import io.daybook.protocol.message.ProduceResponseData.PartitionProduceResponse;
import io.daybook.runtime.Shard;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to one Produce request while it comes together: every shard appends to its partitions and fills in their
 * parts, whoever is last sends it.
 */
final class ProduceAnswer {
    private static final Logger log = LoggerFactory.getLogger(ProduceAnswer.class);

    /** From this on it is worth waking another processor to append; reading the next request goes on meanwhile. */
    private static final int LARGE_BYTES = 256 << 10;

    private final ApiCall<ProduceRequestData, ProduceResponseData> call;
    private final Acks acks;
    private final List<ShardAppends> groups = new ArrayList<>(2);
    private final AtomicInteger outstanding = new AtomicInteger(1);
    private volatile boolean hasRefusal;
    private long sizeBytes;
    private ProduceResponseData response = new ProduceResponseData();

    private record Append(Partition partition, ByteBuffer batch, PartitionProduceResponse response) {}

    /** What one shard has to append, in the order of the request. */
    private final class ShardAppends implements Runnable {
        private final Shard shard;
        private final List<Append> appends = new ArrayList<>(2);

        ShardAppends(Shard shard) {
            this.shard = shard;
        }

        @Override
        public void run() {
            for (Append each : appends) {
                append(each);
            }
        }
    }

    ProduceAnswer(ApiCall<ProduceRequestData, ProduceResponseData> call, Acks acks) {
        this.call = call;
        this.acks = acks;
    }

    void add(Partition partition, ByteBuffer batch, PartitionProduceResponse part) {
        sizeBytes += batch.remaining();
        groupOf(partition.shard()).appends.add(new Append(partition, batch, part));
    }

    void refuse(PartitionProduceResponse part, ErrorCode code, String reason) {
        hasRefusal = true;
        fill(part, new AppendResult.Refused(code, reason));
    }

    /** Appends; nothing may be added any more. */
    void start(ProduceResponseData whole) {
        response = whole;
        for (ShardAppends each : groups) {
            outstanding.addAndGet(each.appends.size());
        }
        for (ShardAppends each : groups) {
            boolean isTaken = sizeBytes >= LARGE_BYTES ? each.shard.offerApart(each) : each.shard.offer(each);
            if (!isTaken) {
                each.appends.forEach(append -> complete(
                        append,
                        new AppendResult.Refused(
                                ErrorCode.NOT_LEADER_OR_FOLLOWER, "the broker is overloaded or stops")));
            }
        }
        completeOne();
    }

    static void fill(PartitionProduceResponse part, AppendResult result) {
        part.setErrorCode(result.code().code())
                .setBaseOffset(result.baseOffset())
                .setLogAppendTimeMs(result.logAppendTimeMs())
                .setLogStartOffset(result.logStartOffset());
        if (result instanceof AppendResult.Refused) {
            AppendResult.Refused refused = (AppendResult.Refused) result;
            List<BatchIndexAndErrorMessage> errors = new ArrayList<>();
            for (RecordError each : refused.recordErrors()) {
                errors.add(new BatchIndexAndErrorMessage()
                        .setBatchIndex(each.recordIndex())
                        .setBatchIndexErrorMessage(each.reason()));
            }
            part.setErrorMessage(refused.reason()).setRecordErrors(errors);
        }
    }

    private ShardAppends groupOf(Shard shard) {
        for (ShardAppends each : groups) {
            if (each.shard == shard) {
                return each;
            }
        }
        ShardAppends group = new ShardAppends(shard);
        groups.add(group);
        return group;
    }

    private void append(Append each) {
        try {
            each.partition().append(each.batch(), acks, call.request().timeoutMs(), result -> complete(each, result));
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("partition", each.partition().id())
                    .setCause(e)
                    .log("an append failed");
            complete(each, new AppendResult.Refused(ErrorCode.UNKNOWN_SERVER_ERROR, "a defect in the broker"));
        }
    }

    private void complete(Append each, AppendResult result) {
        if (!result.code().isNone()) {
            hasRefusal = true;
        }
        fill(each.response(), result);
        completeOne();
    }

    private void completeOne() {
        if (outstanding.decrementAndGet() > 0) {
            return;
        }
        if (acks != Acks.NONE) {
            call.reply(response);
        } else if (hasRefusal) {
            call.closeConnection("a Produce request with acks=0 failed");
        } else {
            call.replyNothing();
        }
    }
}
