/**
 * The composition root: the only place that knows every part, chooses between embedded and other engines, waits for what
 * is asynchronous elsewhere, and talks to the operating system about signals and exit codes.
 */
@NullMarked
package io.daybook.server.bootstrap;

import org.jspecify.annotations.NullMarked;
