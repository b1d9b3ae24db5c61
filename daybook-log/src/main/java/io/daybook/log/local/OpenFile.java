package io.daybook.log.local;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that stays open until the last of its users releases it. Safe for use by any thread. */
final class OpenFile {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFile.class);

    private final WriteBehindFile file;
    private final AtomicInteger references = new AtomicInteger(1);

    /** With one reference, that of the caller. */
    OpenFile(WriteBehindFile file) {
        this.file = file;
    }

    /** For holders of a reference. */
    WriteBehindFile file() {
        return file;
    }

    /** One more user; only for callers that hold a reference. */
    void retain() {
        references.incrementAndGet();
    }

    /** One user less. What had to be durable was synced before, so a failing close takes nothing away. */
    void release() {
        if (references.decrementAndGet() == 0) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("a file could not be closed");
            }
        }
    }
}
