/** Identities of idempotent producers. */
@NullMarked
package io.daybook.broker.producer;

import org.jspecify.annotations.NullMarked;
