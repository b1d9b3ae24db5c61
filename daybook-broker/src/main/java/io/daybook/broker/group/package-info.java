/**
 * Consumer groups: membership by the classic and the consumer protocol, and committed offsets. One
 * {@link io.daybook.broker.group.GroupCoordinator} per partition of {@code __consumer_offsets}, owned by the shard of that
 * partition; its state is what the partition's records make of it.
 *
 * <p>An absent name is the empty string: a member without an identity yet, a group without a protocol, a member without a
 * group instance.
 */
@NullMarked
package io.daybook.broker.group;

import org.jspecify.annotations.NullMarked;
