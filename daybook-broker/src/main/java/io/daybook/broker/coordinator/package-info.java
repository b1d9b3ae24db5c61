/**
 * What every coordinator stands on: state that is rebuilt from one partition's log and only from it. A decision appends
 * records, the records change the state, and the answer leaves when all that was appended before it is durable.
 */
@NullMarked
package io.daybook.broker.coordinator;

import org.jspecify.annotations.NullMarked;
