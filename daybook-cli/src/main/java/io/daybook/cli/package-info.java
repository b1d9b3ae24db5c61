/** The {@code daybook} command: its options, its exit codes, its errors. */
@NullMarked
package io.daybook.cli;

import org.jspecify.annotations.NullMarked;
