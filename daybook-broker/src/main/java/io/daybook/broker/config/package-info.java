/**
 * Every configuration by Kafka's names, types, defaults and rules, and the immutable views that the broker reads:
 * {@link io.daybook.broker.config.BrokerConfig} and {@link io.daybook.broker.config.TopicConfig}. No state, no threads.
 */
@NullMarked
package io.daybook.broker.config;

import org.jspecify.annotations.NullMarked;
