package io.daybook.runtime;

import java.io.IOException;

/** Why a disk did not do what it was asked for, as far as the difference matters to anybody. */
public enum StorageFault {
    /** There is no room. What was written before is as good as ever. */
    DISK_FULL,
    /** Anything else. After a failed sync nothing on the drive may be acknowledged again. */
    DISK_FAILED;

    /** The fault that an exception of a {@link Disk} stands for. */
    public static StorageFault of(IOException failure) {
        return failure instanceof DiskFullException ? DISK_FULL : DISK_FAILED;
    }
}
