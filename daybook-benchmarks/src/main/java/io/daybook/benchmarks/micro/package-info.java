/**
 * The hot paths by themselves, with JMH: what a batch, a request, a look-up, a hand-over costs before any socket or disk
 * does. They say where to look; whether something became faster for a client, the comparison says.
 */
@NullMarked
package io.daybook.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
