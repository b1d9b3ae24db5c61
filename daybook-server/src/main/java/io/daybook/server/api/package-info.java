/**
 * One handler per API, and what handlers stand on. Every line that depends on the version of an API is in its handler;
 * the versions are named there and nowhere else. Handlers run on the event loop of the connection and hold no state.
 */
@NullMarked
package io.daybook.server.api;

import org.jspecify.annotations.NullMarked;
