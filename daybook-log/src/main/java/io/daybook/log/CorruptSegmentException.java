package io.daybook.log;

import java.io.IOException;

/** There is no batch where one should begin. */
final class CorruptSegmentException extends IOException {
    CorruptSegmentException(long segmentBase, long position) {
        super("no batch begins at position " + position + " of segment " + segmentBase);
    }
}
