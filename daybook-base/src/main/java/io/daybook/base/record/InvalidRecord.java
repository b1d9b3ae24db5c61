package io.daybook.base.record;

/**
 * One record that makes its batch unacceptable.
 *
 * @param recordIndex its place in the batch, from 0
 * @param reason what is wrong with it, for people
 */
public record InvalidRecord(int recordIndex, String reason) {}
