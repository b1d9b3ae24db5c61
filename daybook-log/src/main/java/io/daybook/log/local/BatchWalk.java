package io.daybook.log.local;

import io.daybook.log.LogDirectoryException;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Steps from batch to batch by their lengths alone. */
final class BatchWalk {
    private static final int LENGTH_OFFSET = 8;
    private static final int LAST_OFFSET_DELTA_OFFSET = 23;
    private static final int HEADER_BYTES = 61;
    private static final int LENGTH_BEGIN = 12;

    private BatchWalk() {}

    /** The last offset in a file of whole batches; -1 if it is empty. */
    static long lastOffset(DiskFile file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEADER_BYTES);
        long lastOffset = -1;
        long position = 0;
        while (file.read(head.clear(), position) == HEADER_BYTES) {
            int length = head.getInt(LENGTH_OFFSET);
            if (length < HEADER_BYTES - LENGTH_BEGIN) {
                throw new LogDirectoryException("a compacted segment holds no batch at position " + position);
            }
            lastOffset = head.getLong(0) + head.getInt(LAST_OFFSET_DELTA_OFFSET);
            position += LENGTH_BEGIN + length;
        }
        return lastOffset;
    }
}
