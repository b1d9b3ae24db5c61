/** Identifiers and error codes that every layer shares. No state, no threads. */
@NullMarked
package io.daybook.base;

import org.jspecify.annotations.NullMarked;
