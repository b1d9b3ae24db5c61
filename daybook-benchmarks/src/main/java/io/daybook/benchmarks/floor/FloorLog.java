package io.daybook.benchmarks.floor;

import io.daybook.base.ErrorCode;
import io.daybook.base.record.MemoryRecords;
import io.daybook.base.record.RecordBatches;
import io.daybook.base.record.Records;
import io.daybook.base.record.ScanEnd;
import java.nio.ByteBuffer;

/**
 * One partition in memory that is taken at the start. A new topic begins where the former ends, which is then gone; the
 * memory is never used again. For one thread; what was appended does not change any more, and others may read it.
 */
final class FloorLog {
    private static final int LEADER_EPOCH = 0;

    private final ByteBuffer memory;
    private End start = new End(0, 0);
    private End end = start;
    /** Where the last read ended: the next one begins there. */
    private End cursor = start;

    /**
     * A place between two batches.
     *
     * @param offset of the next record
     * @param position of the next byte
     */
    record End(long offset, int position) {}

    /**
     * What became of batches.
     *
     * @param code none if they were appended
     * @param baseOffset of the first record
     * @param endOffset of the record after the last
     */
    record Appended(ErrorCode code, long baseOffset, long endOffset) {
        static Appended refused(ErrorCode code) {
            return new Appended(code, -1, -1);
        }
    }

    FloorLog(int capacityBytes) {
        // The JDK writes zeros, so that every page is there before the first record.
        this.memory = ByteBuffer.allocateDirect(capacityBytes);
    }

    /** All of the memory, for somebody who reads what was appended. */
    ByteBuffer memory() {
        return memory.asReadOnlyBuffer();
    }

    /** A new topic, which is empty. */
    void begin() {
        start = new End(0, end.position());
        end = start;
        cursor = start;
    }

    End start() {
        return start;
    }

    End end() {
        return end;
    }

    /** Copies the batches and gives them their offsets. */
    Appended append(ByteBuffer batches) {
        int sizeBytes = batches.remaining();
        if (sizeBytes > memory.capacity() - end.position()) {
            return Appended.refused(ErrorCode.POLICY_VIOLATION);
        }
        memory.put(end.position(), batches, batches.position(), sizeBytes);
        RecordBatches each = new RecordBatches(
                memory.duplicate().limit(end.position() + sizeBytes).position(end.position()));
        long nextOffset = end.offset();
        while (each.next()) {
            each.batch().setBaseOffset(nextOffset);
            each.batch().setPartitionLeaderEpoch(LEADER_EPOCH);
            nextOffset = each.batch().nextOffset();
        }
        if (!(each.end() instanceof ScanEnd.Whole)) {
            return Appended.refused(ErrorCode.CORRUPT_MESSAGE);
        }
        long baseOffset = end.offset();
        end = new End(nextOffset, end.position() + sizeBytes);
        return new Appended(ErrorCode.NONE, baseOffset, nextOffset);
    }

    /** Whole batches from the one that holds the offset: at least one if there is one before {@code limit}. */
    Records read(long offset, int maxBytes, End limit) {
        RecordBatches batches = from(offset < cursor.offset() ? start : cursor, limit);
        int first = limit.position();
        End last = limit;
        while (batches.next()) {
            int position = batches.batch().position();
            int next = position + batches.batch().sizeBytes();
            if (batches.batch().nextOffset() <= offset) {
                continue;
            }
            if (first == limit.position()) {
                first = position;
            } else if (next - first > maxBytes) {
                last = new End(batches.batch().baseOffset(), position);
                break;
            }
        }
        cursor = last;
        return new MemoryRecords(memory.duplicate().limit(last.position()).position(first));
    }

    private RecordBatches from(End begin, End limit) {
        return new RecordBatches(memory.duplicate().limit(limit.position()).position(begin.position()));
    }
}
