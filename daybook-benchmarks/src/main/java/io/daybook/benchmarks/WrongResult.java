package io.daybook.benchmarks;

/** A broker lost, repeated, moved or changed a record: the run fails, whatever its figures. */
final class WrongResult extends IllegalStateException {
    private static final long serialVersionUID = 1;

    WrongResult(String message) {
        super(message);
    }
}
