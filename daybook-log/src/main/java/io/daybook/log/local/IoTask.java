package io.daybook.log.local;

import java.io.IOException;

/** Something that blocks and may fail. */
@FunctionalInterface
interface IoTask<T> {
    T run() throws IOException;
}
