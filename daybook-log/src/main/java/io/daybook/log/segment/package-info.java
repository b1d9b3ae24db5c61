/**
 * The segment port: what a store of logs has to offer. A partition is a chain of segments; only the last one grows. What is
 * above the port (offsets, indexes, producers, retention) is written once; what is below (local files, ledgers) knows bytes
 * and end offsets only. Every engine passes the same contract suite.
 */
@NullMarked
package io.daybook.log.segment;

import org.jspecify.annotations.NullMarked;
