/**
 * Sockets: frames, connections, the order of answers, and the bounds on what strangers can make this process do. The only
 * package that sees Netty. A connection and everything it holds is owned by its event loop; event loops are the shards.
 */
@NullMarked
package io.daybook.server.net;

import org.jspecify.annotations.NullMarked;
