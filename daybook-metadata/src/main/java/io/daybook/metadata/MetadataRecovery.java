package io.daybook.metadata;

import java.nio.file.Path;

/**
 * What was found when the metadata was opened.
 *
 * @param directory where
 * @param version the version that the metadata has
 * @param truncatedBytes how many bytes of an interrupted, never acknowledged commit were cut off; 0 after a clean end
 * @param reason what was wrong with them; empty if there were none
 */
public record MetadataRecovery(Path directory, long version, long truncatedBytes, String reason) {}
