/** The seams: time, chance, disk and threads. What makes one run differ from another enters the program here, so that a simulation can put one seed in its place. Locks, waiting and the JDK's own clocks and files are used in this package only. */
@NullMarked
package io.daybook.runtime;

import org.jspecify.annotations.NullMarked;
