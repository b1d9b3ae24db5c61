/**
 * What exists: topics and configurations. Readers hold an immutable {@link io.daybook.metadata.MetadataImage}; one writer
 * changes it through a {@link io.daybook.metadata.MetadataStore}, which makes every change durable before anyone sees it.
 */
@NullMarked
package io.daybook.metadata;

import org.jspecify.annotations.NullMarked;
