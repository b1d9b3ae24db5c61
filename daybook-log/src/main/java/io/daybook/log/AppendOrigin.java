package io.daybook.log;

/** Who appends; decides which batches are legal. */
public enum AppendOrigin {
    /** A producer: control batches are refused, batches and sequences are checked in full. */
    CLIENT,
    /** The broker itself (coordinators, transaction markers): control batches are legal and end transactions. */
    COORDINATOR
}
