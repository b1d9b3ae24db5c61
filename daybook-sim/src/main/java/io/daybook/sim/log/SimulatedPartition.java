package io.daybook.sim.log;

import io.daybook.base.TopicIdPartition;
import java.util.List;

/** A partition with those who use it and the model of it; outlives the broker. */
record SimulatedPartition(
        TopicIdPartition id, PartitionModel model, List<ProducerClient> producers, List<ConsumerClient> consumers) {}
