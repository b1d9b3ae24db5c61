package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.broker.coordinator.CoordinatorAppend;
import io.daybook.broker.coordinator.CoordinatorLog;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log in memory that holds what a real one would: bytes. Its disk can be slow, and can fail. */
final class MemoryGroupLog implements CoordinatorLog<GroupRecord> {
    private record Entry(ByteBuffer key, @Nullable ByteBuffer value) {}

    private final List<Entry> entries = new ArrayList<>();
    private final TreeMap<Long, CompletableFuture<ErrorCode>> waiting = new TreeMap<>();
    private Consumer<GroupRecord> listener = record -> {};
    private long durableEndOffset;
    private boolean slow;
    private boolean failed;
    private int maxRecords = Integer.MAX_VALUE;

    /** Hears every record as it is appended. */
    void listen(Consumer<GroupRecord> newListener) {
        this.listener = newListener;
    }

    @Override
    public CompletableFuture<ErrorCode> replay(Consumer<List<GroupRecord>> sink) {
        if (failed) {
            return CompletableFuture.completedFuture(ErrorCode.KAFKA_STORAGE_ERROR);
        }
        for (GroupRecord record : records()) {
            sink.accept(List.of(record));
        }
        return whenDurable(entries.size());
    }

    /** Everything that is in the log now. */
    List<GroupRecord> records() {
        List<GroupRecord> records = new ArrayList<>();
        for (Entry entry : entries) {
            ByteBuffer value = entry.value == null ? null : entry.value.duplicate();
            GroupRecordFormat.INSTANCE.read(entry.key.duplicate(), value).ifPresent(records::add);
        }
        return records;
    }

    @Override
    public CoordinatorAppend append(List<GroupRecord> records) {
        if (failed) {
            return CoordinatorAppend.refused(ErrorCode.KAFKA_STORAGE_ERROR, "the disk has failed");
        }
        if (records.size() > maxRecords) {
            return CoordinatorAppend.refused(ErrorCode.MESSAGE_TOO_LARGE, "too many records");
        }
        for (GroupRecord record : records) {
            StoredRecord stored = record.stored();
            entries.add(new Entry(stored.encodedKey(), stored.encodedValue()));
            listener.accept(record);
        }
        if (!slow) {
            durableEndOffset = entries.size();
        }
        return CoordinatorAppend.appended(entries.size());
    }

    @Override
    public CompletableFuture<ErrorCode> whenDurable(long endOffset) {
        if (endOffset <= durableEndOffset) {
            return CompletableFuture.completedFuture(ErrorCode.NONE);
        }
        return waiting.computeIfAbsent(endOffset, key -> new CompletableFuture<>());
    }

    /** From now on nothing is durable before {@link #sync}. */
    void becomeSlow() {
        slow = true;
    }

    /** Everything becomes durable. On the shard. */
    void sync() {
        durableEndOffset = entries.size();
        complete(ErrorCode.NONE);
    }

    /** Nothing that is not durable will ever be; nothing can be appended. On the shard. */
    void fail() {
        failed = true;
        complete(ErrorCode.KAFKA_STORAGE_ERROR);
    }

    /** Batches of more records are refused. */
    void refuseBatchesAbove(int records) {
        maxRecords = records;
    }

    /** The machine dies: what is not durable is lost. A disk that failed is replaced, a slow one stays slow. */
    void crash() {
        entries.subList((int) durableEndOffset, entries.size()).clear();
        waiting.clear();
        failed = false;
    }

    private void complete(ErrorCode code) {
        List<CompletableFuture<ErrorCode>> ready = new ArrayList<>(waiting.values());
        waiting.clear();
        ready.forEach(each -> each.complete(code));
    }
}
