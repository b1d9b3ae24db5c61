package io.daybook.base.record;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Zstandard by its own library. */
final class ZstdCodec {
    private ZstdCodec() {}

    static OutputStream compressor(OutputStream target, int level) throws IOException {
        return new ZstdOutputStreamNoFinalizer(target, RecyclingBufferPool.INSTANCE, level);
    }

    static InputStream decompressor(InputStream source) throws IOException {
        return new ZstdInputStreamNoFinalizer(source, RecyclingBufferPool.INSTANCE);
    }
}
