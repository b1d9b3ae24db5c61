/** Consumers of both group protocols, while members come, go and fall silent. */
@NullMarked
package io.daybook.it.group;

import org.jspecify.annotations.NullMarked;
