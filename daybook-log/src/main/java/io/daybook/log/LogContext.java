package io.daybook.log;

import io.daybook.base.TopicIdPartition;
import io.daybook.log.segment.SegmentChain;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Ticker;

/** What a log is made of and works with. */
record LogContext(
        TopicIdPartition id,
        Shard shard,
        SegmentChain chain,
        Ticker ticker,
        ShardScratch scratch,
        int producerIdExpirationMs) {}
