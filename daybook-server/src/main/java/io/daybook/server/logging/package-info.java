/**
 * The log of the daybook command: lines on standard error. Nothing here is registered: a program that embeds the server
 * logs by whatever binding it has. The reasons are in docs/adr.
 */
@NullMarked
package io.daybook.server.logging;

import org.jspecify.annotations.NullMarked;
