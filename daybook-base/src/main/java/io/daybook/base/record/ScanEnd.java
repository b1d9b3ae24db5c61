package io.daybook.base.record;

/** Where and why the iteration over the batches of a buffer ended. */
public sealed interface ScanEnd permits ScanEnd.Whole, ScanEnd.Torn, ScanEnd.Corrupt {
    /** The end of the last good batch, as an absolute index into the buffer. */
    int position();

    /** Whether every byte belongs to a good batch. */
    boolean isWhole();

    /** What was wrong, for people; empty if nothing was. */
    String reason();

    /** The bytes end with a batch. */
    record Whole(int position) implements ScanEnd {
        @Override
        public boolean isWhole() {
            return true;
        }

        @Override
        public String reason() {
            return "";
        }
    }

    /** The bytes end inside a batch, which may go on where the buffer does not. */
    record Torn(int position, String reason) implements ScanEnd {
        @Override
        public boolean isWhole() {
            return false;
        }
    }

    /** What follows cannot be a batch, or does not match its CRC. */
    record Corrupt(int position, String reason) implements ScanEnd {
        @Override
        public boolean isWhole() {
            return false;
        }
    }
}
