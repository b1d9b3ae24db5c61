/**
 * Who is to have which partition: the assignors that the broker runs for groups of the consumer protocol. Pure functions
 * of what is subscribed and what was assigned before; for any thread.
 */
@NullMarked
package io.daybook.broker.group.assignor;

import org.jspecify.annotations.NullMarked;
