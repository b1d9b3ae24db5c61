package io.daybook.log;

/**
 * One record that made its batch unacceptable.
 *
 * @param recordIndex its place in the batch, from 0
 * @param reason what is wrong with it, for people
 */
public record RecordError(int recordIndex, String reason) {}
