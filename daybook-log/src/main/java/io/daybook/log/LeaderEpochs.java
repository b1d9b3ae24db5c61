package io.daybook.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which leader epoch begins at which offset. Both ascend. Stored as Kafka's {@code leader-epoch-checkpoint}. */
final class LeaderEpochs {
    /** "The log does not know." */
    static final int UNKNOWN = -1;

    private final List<Entry> entries = new ArrayList<>(1);

    /** Where an epoch begins. */
    record Entry(int leaderEpoch, long startOffset) {}

    /** Reads the checkpoint file; what is damaged counts as missing, since every batch carries its epoch. */
    static LeaderEpochs decode(ByteBuffer bytes) {
        LeaderEpochs epochs = new LeaderEpochs();
        String[] lines = StandardCharsets.UTF_8.decode(bytes).toString().split("\n");
        try {
            int count = lines.length < 2 ? 0 : Integer.parseInt(lines[1].trim());
            for (int i = 0; i < count; i++) {
                String[] words = lines[i + 2].trim().split("\\s+");
                epochs.begin(Integer.parseInt(words[0]), Long.parseLong(words[1]));
            }
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            return new LeaderEpochs();
        }
        return epochs;
    }

    ByteBuffer encode() {
        StringBuilder text = new StringBuilder("0\n").append(entries.size()).append('\n');
        for (Entry entry : entries) {
            text.append(entry.leaderEpoch).append(' ').append(entry.startOffset).append('\n');
        }
        return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The epoch begins here; false if it, or a later one, has begun already. */
    boolean begin(int leaderEpoch, long startOffset) {
        if (leaderEpoch < 0 || leaderEpoch <= latest()) {
            return false;
        }
        while (!entries.isEmpty() && entries.get(entries.size() - 1).startOffset >= startOffset) {
            entries.remove(entries.size() - 1);
        }
        entries.add(new Entry(leaderEpoch, startOffset));
        return true;
    }

    /** The latest epoch, or {@link #UNKNOWN}. */
    int latest() {
        return entries.isEmpty() ? UNKNOWN : entries.get(entries.size() - 1).leaderEpoch;
    }

    /** Where the latest epoch begins, 0 if there is none. */
    long latestStart() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).startOffset;
    }

    /** The epoch of the record at this offset, or {@link #UNKNOWN}. */
    int at(long offset) {
        int epoch = UNKNOWN;
        for (Entry entry : entries) {
            if (entry.startOffset > offset) {
                break;
            }
            epoch = entry.leaderEpoch;
        }
        return epoch;
    }

    Optional<Integer> optional(int leaderEpoch) {
        return leaderEpoch == UNKNOWN ? Optional.empty() : Optional.of(leaderEpoch);
    }

    /** As {@link PartitionLog#endOffsetForEpoch}. */
    EpochEndOffset endOffset(int leaderEpoch, long logEndOffset) {
        if (leaderEpoch == UNKNOWN || entries.isEmpty() || leaderEpoch > latest()) {
            return EpochEndOffset.UNKNOWN;
        }
        if (leaderEpoch == latest()) {
            return new EpochEndOffset(leaderEpoch, logEndOffset);
        }
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).leaderEpoch > leaderEpoch) {
                int floor = i == 0 ? leaderEpoch : entries.get(i - 1).leaderEpoch;
                return new EpochEndOffset(floor, entries.get(i).startOffset);
            }
        }
        return EpochEndOffset.UNKNOWN;
    }

    /** Forgets what begins at or beyond the end; true if something did. */
    boolean cutAt(long endOffset) {
        return entries.removeIf(entry -> entry.startOffset >= endOffset && entry.startOffset > 0);
    }

    /** Lets the oldest epoch that is still needed begin at the start offset; true if something changed. */
    boolean startAt(long startOffset) {
        int needed = at(startOffset);
        if (needed == UNKNOWN || entries.get(0).startOffset >= startOffset) {
            return false;
        }
        entries.removeIf(entry -> entry.leaderEpoch < needed);
        entries.set(0, new Entry(needed, startOffset));
        return true;
    }
}
