package io.daybook.base.record;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The control record that ends a transaction in a partition.
 *
 * @param isCommit whether the transaction's records count
 * @param coordinatorEpoch of the coordinator that decided
 */
public record EndTransactionMarker(boolean isCommit, int coordinatorEpoch) {
    private static final short ABORT = 0;
    private static final short COMMIT = 1;

    /** The marker that a control record holds; empty if it is of another kind. */
    public static Optional<EndTransactionMarker> read(BatchRecord record) {
        ByteBuffer key = record.key();
        ByteBuffer value = record.value();
        if (key == null || key.remaining() < 2 * Short.BYTES) {
            throw new CorruptRecordException("a control record without a type");
        }
        short type = key.getShort(Short.BYTES);
        if (type != ABORT && type != COMMIT) {
            return Optional.empty();
        }
        if (value == null || value.remaining() < Short.BYTES + Integer.BYTES) {
            throw new CorruptRecordException("a transaction marker without a coordinator epoch");
        }
        return Optional.of(new EndTransactionMarker(type == COMMIT, value.getInt(Short.BYTES)));
    }

    /** The batch that holds this marker alone. */
    public ByteBuffer toBatch(long producerId, short producerEpoch, long timestampMs) {
        ByteBuffer key = ByteBuffer.allocate(2 * Short.BYTES)
                .putShort((short) 0)
                .putShort(isCommit ? COMMIT : ABORT)
                .flip();
        ByteBuffer value = ByteBuffer.allocate(Short.BYTES + Integer.BYTES)
                .putShort((short) 0)
                .putInt(coordinatorEpoch)
                .flip();
        return new RecordBatchBuilder(Compression.NONE)
                .producer(producerId, producerEpoch, RecordBatch.NO_SEQUENCE)
                .transactional()
                .control()
                .append(timestampMs, key, value)
                .build();
    }
}
