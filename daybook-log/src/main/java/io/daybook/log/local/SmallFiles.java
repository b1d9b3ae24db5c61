package io.daybook.log.local;

import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reading and replacing files that fit into memory. Blocks. */
final class SmallFiles {
    /** No file that is read whole is larger than this; one that is, is damaged. */
    private static final long MAX_BYTES = 256L << 20;

    private SmallFiles() {}

    static Optional<byte[]> read(Disk disk, Path path) throws IOException {
        if (!disk.exists(path)) {
            return Optional.empty();
        }
        try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
            long size = file.sizeBytes();
            if (size > MAX_BYTES) {
                throw new IOException(path + " is " + size + " bytes long; at most " + MAX_BYTES + " make sense");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            file.read(bytes, 0);
            byte[] content = new byte[bytes.position()];
            bytes.flip().get(content);
            return Optional.of(content);
        }
    }

    /** Replaces a file so that after a crash either the old or the new content is there; durable when it returns. */
    static void replace(Disk disk, Path directory, String name, byte[] content) throws IOException {
        Path path = directory.resolve(name);
        Path temporary = directory.resolve(name + ".tmp");
        write(disk, temporary, ByteBuffer.wrap(content), true);
        disk.rename(temporary, path);
        disk.syncDirectory(directory);
    }

    /** Writes a file from its begin and cuts what was there behind. */
    static void write(Disk disk, Path path, ByteBuffer content, boolean sync) throws IOException {
        try (DiskFile file = disk.open(path, Disk.Mode.READ_WRITE)) {
            int size = content.remaining();
            if (file.sizeBytes() > 0) {
                // not of a new one: ext4 takes that for a replacement, and writes the content to the drive on close
                file.truncate(0);
            }
            for (int position = 0; position < size; position += LocalSegment.CHUNK_BYTES) {
                int length = Math.min(LocalSegment.CHUNK_BYTES, size - position);
                file.write(content.slice(content.position() + position, length), position);
            }
            if (sync) {
                file.sync();
            }
        }
    }

    /** The lines {@code key=value} or {@code key: value} of a file, if it exists. */
    static Optional<Map<String, String>> readProperties(Disk disk, Path path) throws IOException {
        return read(disk, path).map(bytes -> {
            Map<String, String> properties = new LinkedHashMap<>();
            for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
                int separator = firstSeparator(line);
                if (!line.startsWith("#") && separator > 0) {
                    properties.put(
                            line.substring(0, separator).trim(),
                            line.substring(separator + 1).trim());
                }
            }
            return properties;
        });
    }

    private static int firstSeparator(String line) {
        int equals = line.indexOf('=');
        int colon = line.indexOf(':');
        return equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
    }
}
