package io.daybook.benchmarks.micro;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Copying memory outside the heap, the unit in which the cost of a request is to be thought of. */
@State(Scope.Benchmark)
public class MemoryCopyBenchmark {
    /** In the first cache, in the second, in none. */
    @Param({"16384", "262144", "67108864"})
    public int bytes;

    private ByteBuffer from = ByteBuffer.allocate(0);
    private ByteBuffer to = ByteBuffer.allocate(0);

    /** Takes the memory. */
    @Setup
    public void allocate() {
        from = ByteBuffer.allocateDirect(bytes);
        to = ByteBuffer.allocateDirect(bytes);
    }

    /** From one buffer to the other. */
    @Benchmark
    public ByteBuffer copy() {
        return to.clear().put(from.clear());
    }
}
