/** The {@code daybook} command: data on stdout, everything else on stderr, errors that say what to type. */
@NullMarked
package io.daybook.cli;

import org.jspecify.annotations.NullMarked;
