package io.daybook.broker.topic;

import io.daybook.base.ErrorCode;
import io.daybook.metadata.ConfigResource;

/**
 * What became of a request for the configuration of one resource.
 *
 * @param resource which one
 * @param code {@code NONE} if it was done
 * @param message what was wrong, for an operator to read; empty if nothing was
 */
public record ConfigOutcome(ConfigResource resource, ErrorCode code, String message) {}
