package io.daybook.log.local;

import io.daybook.runtime.Worker;

/**
 * The threads of a drive.
 *
 * @param flusher syncs, and does nothing else that lasts
 * @param background reads what is cold, and changes files
 */
record DriveWorkers(Worker flusher, Worker background) {}
