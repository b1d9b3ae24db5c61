/** A small blocking client of the Kafka protocol, on our own codec: what the commands need, and quick to start. */
@NullMarked
package io.daybook.cli.client;

import org.jspecify.annotations.NullMarked;
