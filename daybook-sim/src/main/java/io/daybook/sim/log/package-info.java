/** The simulation of the log: clients, crashes and the model that knows what must still be there. */
@NullMarked
package io.daybook.sim.log;

import org.jspecify.annotations.NullMarked;
