package io.daybook.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Kafka's file of the transactions that were aborted in a segment: 34 bytes an entry. */
final class TxnIndex {
    private static final short VERSION = 0;
    private static final int ENTRY_BYTES = 2 + 4 * Long.BYTES;

    private TxnIndex() {}

    static ByteBuffer encode(List<AbortedTransaction> transactions) {
        ByteBuffer bytes = ByteBuffer.allocate(transactions.size() * ENTRY_BYTES);
        for (AbortedTransaction each : transactions) {
            bytes.putShort(VERSION)
                    .putLong(each.producerId())
                    .putLong(each.firstOffset())
                    .putLong(each.lastOffset())
                    .putLong(each.lastStableOffset());
        }
        return bytes.flip();
    }

    /** Empty if the file is not whole. */
    static Optional<List<AbortedTransaction>> decode(ByteBuffer bytes) {
        if (bytes.remaining() % ENTRY_BYTES != 0) {
            return Optional.empty();
        }
        List<AbortedTransaction> transactions = new ArrayList<>();
        while (bytes.hasRemaining()) {
            if (bytes.getShort() != VERSION) {
                return Optional.empty();
            }
            transactions.add(
                    new AbortedTransaction(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong()));
        }
        return Optional.of(List.copyOf(transactions));
    }
}
