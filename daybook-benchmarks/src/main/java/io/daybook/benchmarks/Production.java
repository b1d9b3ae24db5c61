package io.daybook.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Metric;

/**
 * One producer fills one new topic with {@code acks=all}, and checks each acknowledgement.
 *
 * @param topic exists and is empty
 * @param partitions of the topic; they get a batch each in turns, as the default partitioner fills them
 * @param batchBytes the producer's {@code batch.size}; 0: every record is a request of its own
 * @param writing is told how many bytes the broker writes: what was acknowledged and some in advance
 */
record Production(String topic, int partitions, int batchBytes, LongConsumer writing) {
    private static final int LINGER_MS = 5;
    /** More than what can be on its way to the broker: five requests with a batch for each partition. */
    private static final long AHEAD_BYTES = 24L << 20;

    private static final long BUFFER_BYTES = 64L << 20;
    private static final int MAX_REQUEST_BYTES = 8 << 20;
    /** Other requests than Produce that a producer sends: versions, metadata, its producer id. */
    private static final int OTHER_REQUESTS = 50;

    /** Sends so many records and returns how many each partition got. */
    long[] send(Clients clients, long records) {
        return send(clients, records, Long.MAX_VALUE);
    }

    /** The same, but begins no record after a time. */
    long[] send(Clients clients, long records, long endNanos) {
        Acknowledgements acknowledgements = new Acknowledgements(topic, partitions);
        long[] sent = new long[partitions];
        try (KafkaProducer<byte[], byte[]> producer = clients.producer(settings())) {
            Payload payload = new Payload();
            writing.accept(AHEAD_BYTES);
            int perBatch = Math.max(1, batchBytes / Payload.BYTES);
            for (long i = 0; i < records && (i % perBatch != 0 || System.nanoTime() - endNanos < 0); i++) {
                int partition = (int) ((i / perBatch) % partitions);
                byte[] value = payload.of(partition, sent[partition]++, 0);
                producer.send(new ProducerRecord<>(topic, partition, null, value), (metadata, refusal) -> {
                    acknowledgements.accept(partition, metadata, refusal);
                    writing.accept(Payload.BYTES);
                });
            }
            producer.flush();
            if (batchBytes == 0) {
                checkSingles(producer, sent[0]);
            }
        }
        acknowledgements.complete(sent);
        return sent;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("batch.size", batchBytes);
        settings.put("linger.ms", batchBytes == 0 ? 0 : LINGER_MS);
        settings.put("buffer.memory", BUFFER_BYTES);
        settings.put("max.request.size", MAX_REQUEST_BYTES);
        return settings;
    }

    /** The row says "per million requests": the client must not have put records together. */
    private static void checkSingles(KafkaProducer<byte[], byte[]> producer, long records) {
        double requests = 0;
        for (Metric metric : producer.metrics().values()) {
            if (metric.metricName().group().equals("producer-metrics")
                    && metric.metricName().name().equals("request-total")) {
                requests = (double) metric.metricValue();
            }
        }
        if (requests < records || requests > records + OTHER_REQUESTS) {
            throw new IllegalStateException(records + " records went in " + requests + " requests");
        }
    }
}
