package io.daybook.log.local;

import io.daybook.base.Uuid;
import io.daybook.log.LogDirectoryException;
import io.daybook.log.LogEngineConfig;
import io.daybook.runtime.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Kafka's {@code meta.properties}: whose directory this is, and in which version it is written. Blocks. */
final class MetaProperties {
    private static final int KAFKA_VERSION = 1;
    private static final int FORMAT_VERSION = 1;
    private static final String FORMAT_KEY = "daybook.format.version";

    private MetaProperties() {}

    /** Writes the file if it is missing, else checks that it is this node's and of a version that can be read. */
    static void check(Disk disk, Path directory, LogEngineConfig config, Uuid directoryId) throws IOException {
        Path path = directory.resolve(FileNames.META_PROPERTIES);
        Optional<Map<String, String>> found = SmallFiles.readProperties(disk, path);
        if (found.isEmpty()) {
            String text = "#\n" + FORMAT_KEY + "=" + FORMAT_VERSION + "\ncluster.id=" + config.clusterId()
                    + "\ndirectory.id=" + directoryId + "\nnode.id=" + config.nodeId() + "\nversion=" + KAFKA_VERSION
                    + "\n";
            SmallFiles.replace(disk, directory, FileNames.META_PROPERTIES, text.getBytes(StandardCharsets.UTF_8));
            return;
        }
        Map<String, String> properties = found.get();
        checkVersion(path, "version", properties.getOrDefault("version", "missing"), KAFKA_VERSION);
        checkVersion(path, FORMAT_KEY, properties.getOrDefault(FORMAT_KEY, "1"), FORMAT_VERSION);
        checkSame(path, "cluster.id", properties.get("cluster.id"), config.clusterId());
        checkSame(path, "node.id", properties.get("node.id"), Integer.toString(config.nodeId()));
    }

    private static void checkVersion(Path path, String key, String found, int known) {
        int version;
        try {
            version = Integer.parseInt(found);
        } catch (NumberFormatException e) {
            throw new LogDirectoryException(path + ": " + key + " is '" + found + "', a number is needed", e);
        }
        if (version > known) {
            throw new LogDirectoryException(path + ": " + key + "=" + version
                    + " is from a newer version; this one reads up to " + known + ". Run the newer version, or choose"
                    + " another directory with log.dirs");
        }
    }

    private static void checkSame(Path path, String key, @org.jspecify.annotations.Nullable String found, String own) {
        if (found != null && !found.equals(own)) {
            throw new LogDirectoryException(path + ": " + key + " is '" + found + "', but this node's is '" + own
                    + "'. The directory belongs to another node; choose another one with log.dirs");
        }
    }
}
