/**
 * The least that any broker can do, as a process of its own: what the clients measure against it is the share of the
 * clients, the loopback and the scheduler.
 */
@NullMarked
package io.daybook.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
