/**
 * Topics and configurations as clients and operators change them: Kafka's rules and Kafka's words for what breaks them.
 * Decisions are taken on the metadata shard.
 */
@NullMarked
package io.daybook.broker.topic;

import org.jspecify.annotations.NullMarked;
