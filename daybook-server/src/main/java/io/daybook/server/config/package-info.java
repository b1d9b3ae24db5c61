/**
 * What the server was told: {@code server.properties}, environment and flags, where each value came from, and what
 * contradicts itself. Reads nothing by itself; text in, values out.
 */
@NullMarked
package io.daybook.server.config;

import org.jspecify.annotations.NullMarked;
