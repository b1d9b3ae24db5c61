/** A moderate load for long: nothing may be lost, and nothing may drift. */
@NullMarked
package io.daybook.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
