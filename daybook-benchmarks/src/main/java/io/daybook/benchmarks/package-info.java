/**
 * Daybook beside Apache Kafka in one run: the same clients, the same machine, the same JDK, in turns. The leading figures
 * are the CPU time and the memory of the broker's whole process, read from outside, because wall time on shared machines
 * is noise.
 */
@NullMarked
package io.daybook.benchmarks;

import org.jspecify.annotations.NullMarked;
