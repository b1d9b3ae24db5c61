/** Kafka's APIs and their messages, generated from Kafka's own descriptions. No state, no threads. */
@NullMarked
package io.daybook.protocol;

import org.jspecify.annotations.NullMarked;
