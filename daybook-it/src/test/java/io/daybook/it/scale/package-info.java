/** Many partitions and many connections on one server. */
@NullMarked
package io.daybook.it.scale;

import org.jspecify.annotations.NullMarked;
