package io.daybook.broker.partition;

import io.daybook.base.ErrorCode;
import io.daybook.log.PartitionLog;

/** Work that needs the log to be open. One of the two is called, once, on the partition's shard. */
public interface LogTask {
    /** The log is open. */
    void run(PartitionLog log);

    /** It cannot be opened, or the partition has ended. */
    void refuse(ErrorCode code, String reason);
}
