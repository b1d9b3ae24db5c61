/** What runs inside a class loader with a Kafka client of another version: only calls that all versions have. */
@NullMarked
package io.daybook.it.probe;

import org.jspecify.annotations.NullMarked;
