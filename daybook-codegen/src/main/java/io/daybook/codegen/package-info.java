/**
 * Build time only: turns message descriptions (JSON, in the form that Kafka uses for its own) into Java. {@link
 * io.daybook.codegen.Main} is the entry; the output stands on {@code io.daybook.base.wire}.
 */
@NullMarked
package io.daybook.codegen;

import org.jspecify.annotations.NullMarked;
