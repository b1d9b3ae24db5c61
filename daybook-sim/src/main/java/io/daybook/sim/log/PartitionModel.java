package io.daybook.sim.log;

import io.daybook.base.record.BatchRecord;
import io.daybook.sim.SimulationFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What must hold for one partition: which records were acknowledged or seen by a consumer, at which offset. Whatever is
 * read is held against it.
 */
final class PartitionModel {
    private final String name;
    private final boolean isSynced;
    private final boolean expires;
    private final Consumer<SimulationFailure> findings;
    private final TreeMap<Long, String> known = new TreeMap<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private long startOffset;
    private boolean mayLackBegin;
    private long requestedStartOffset;
    private boolean mayHaveLost;

    /**
     * Nothing is known yet.
     *
     * @param isSynced what is acknowledged survives a power loss
     * @param expires retention may take records
     * @param findings is told what does not hold, since who throws in a callback is not heard
     */
    PartitionModel(String name, boolean isSynced, boolean expires, Consumer<SimulationFailure> findings) {
        this.name = name;
        this.isSynced = isSynced;
        this.expires = expires;
        this.findings = findings;
    }

    boolean isSynced() {
        return isSynced;
    }

    /** A client was told that its records are durable from this offset on. */
    void acknowledged(SentBatch batch, long baseOffset) {
        long offset = baseOffset;
        for (String each : batch.names()) {
            hold(offset++, each, "acknowledged");
        }
    }

    /** A consumer was given this record. */
    void seen(BatchRecord record) {
        hold(record.offset(), nameOf(record), "read");
    }

    /** Somebody was told that records below this offset are gone for good. */
    void deletedBelow(long offset) {
        startOffset = Math.max(startOffset, offset);
    }

    /** Somebody asks to delete records; it may happen or not. */
    void deletionRequested(long offset) {
        requestedStartOffset = Math.max(requestedStartOffset, offset);
    }

    /** The start as a client sees it. */
    void started(long offset) {
        if (offset < startOffset) {
            throw broken("the log start went back from " + startOffset + " to " + offset);
        }
        if (mayLackBegin) {
            mayLackBegin = false;
            requestedStartOffset = Math.max(requestedStartOffset, offset);
        }
        if (!expires && offset > requestedStartOffset) {
            throw broken("the log starts at " + offset + ", nobody asked to delete above " + requestedStartOffset);
        }
    }

    /**
     * A partition that is not synced may have lost its end; what it has is known when it can be read again. It may also lack
     * the name of its first segment, as may one of which nobody has been told anything yet.
     */
    void lostPower() {
        mayHaveLost = !isSynced;
        mayLackBegin |= !isSynced || known.isEmpty();
    }

    /** The first end that is seen in a life. */
    void foundEnd(long endOffset) {
        if (mayHaveLost) {
            mayHaveLost = false;
            known.tailMap(endOffset, true).values().forEach(offsets::remove);
            known.tailMap(endOffset, true).clear();
        }
    }

    /** The end as a client sees it. */
    void ended(long endOffset) {
        if (!known.isEmpty() && known.lastKey() >= endOffset) {
            throw broken("the record " + known.lastEntry().getValue() + " at offset " + known.lastKey()
                    + " is lost; the log ends at " + endOffset);
        }
    }

    /** Everything from start to end was read; nothing that is known may be missing. */
    void complete(TreeMap<Long, String> read, long logStartOffset, long endOffset) {
        started(logStartOffset);
        long expected = logStartOffset;
        for (long offset : read.tailMap(logStartOffset, true).keySet()) {
            if (offset != expected) {
                throw broken("there is no record at offset " + expected + " but at " + offset);
            }
            expected++;
        }
        if (expected != endOffset) {
            throw broken("the records end at " + expected + ", the log at " + endOffset);
        }
        for (Map.Entry<Long, String> each : known.subMap(logStartOffset, Math.max(logStartOffset, endOffset))
                .entrySet()) {
            if (!each.getValue().equals(read.get(each.getKey()))) {
                throw broken("the record " + each.getValue() + " at offset " + each.getKey() + " is lost; there is "
                        + read.get(each.getKey()) + ", the log is from " + logStartOffset + " to " + endOffset);
            }
        }
        checkSequences(read.tailMap(logStartOffset, true));
    }

    /** The name of a record whose content is as it was sent. */
    String nameOf(BatchRecord record) {
        ByteBuffer key = record.key();
        ByteBuffer value = record.value();
        if (key == null || value == null) {
            throw broken("the record at offset " + record.offset() + " has lost its key or value");
        }
        String recordName = StandardCharsets.UTF_8.decode(key).toString();
        if (!value.equals(ByteBuffer.wrap(SentBatch.value(recordName, value.remaining())))) {
            throw broken("the record " + recordName + " at offset " + record.offset() + " is not what was sent");
        }
        return recordName;
    }

    private void hold(long offset, String recordName, String how) {
        String before = known.putIfAbsent(offset, recordName);
        if (before != null && !before.equals(recordName)) {
            throw broken("at offset " + offset + " was " + before + ", now " + recordName + " is " + how);
        }
        Long other = offsets.putIfAbsent(recordName, offset);
        if (other != null && other != offset) {
            throw broken("the record " + recordName + " is " + how + " at offset " + offset + ", and was at " + other);
        }
    }

    /** Each producer's records are there once and in their order; an idempotent one's have no gaps either. */
    private void checkSequences(SortedMap<Long, String> read) {
        Map<String, Integer> last = new HashMap<>();
        read.forEach((offset, recordName) -> {
            int split = recordName.indexOf('#');
            String producer = recordName.substring(0, split);
            int number = Integer.parseInt(recordName.substring(split + 1));
            Integer previous = last.put(producer, number);
            boolean isIdempotent = producer.startsWith("i");
            if (previous != null && (number <= previous || (isIdempotent && number != previous + 1))) {
                throw broken("at offset " + offset + " follows " + recordName + " after number " + previous);
            }
        });
    }

    /** Something does not hold: tells it, and returns what to throw. */
    SimulationFailure broken(String what) {
        return broken(new SimulationFailure(name + ": " + what));
    }

    /** Runs a callback whose exceptions nobody else would hear. */
    void guard(Runnable callback) {
        try {
            callback.run();
        } catch (SimulationFailure found) {
            throw found;
        } catch (RuntimeException e) {
            throw broken(new SimulationFailure(name + ": " + e, e));
        }
    }

    private SimulationFailure broken(SimulationFailure failure) {
        findings.accept(failure);
        return failure;
    }
}
