package io.daybook.runtime;

import java.io.Closeable;

/** A lock on a file, held until it is closed or the process ends. */
public interface DiskLock extends Closeable {}
