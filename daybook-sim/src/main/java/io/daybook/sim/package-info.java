/**
 * Simulation of a whole broker on one thread under one seed: the schedule, time, chance, disks and crashes all follow from
 * it. Everything is for one thread.
 */
@NullMarked
package io.daybook.sim;

import org.jspecify.annotations.NullMarked;
