/** One class for each command. */
@NullMarked
package io.daybook.cli.command;

import org.jspecify.annotations.NullMarked;
