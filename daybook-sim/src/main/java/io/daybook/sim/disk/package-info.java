/** A simulated file system that keeps the worst promises a real one may keep, and the bugs to plant above it. */
@NullMarked
package io.daybook.sim.disk;

import org.jspecify.annotations.NullMarked;
