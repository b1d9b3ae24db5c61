package io.daybook.log;

import io.daybook.runtime.Disk;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Ticker;
import io.daybook.runtime.Worker;
import java.util.function.Function;

/**
 * What an engine needs of the outside world.
 *
 * @param disk where the files are
 * @param ticker where time comes from
 * @param random where chance comes from; used on the thread that starts the engine and for jitter
 * @param workers makes a worker of its own for a name (one flusher and one cold reader per log directory)
 */
public record LogSeams(Disk disk, Ticker ticker, RandomSource random, Function<String, Worker> workers) {}
