package io.daybook.log.local;

import io.daybook.base.TopicPartition;
import io.daybook.log.segment.BlobKind;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Kafka's names for files and directories. */
final class FileNames {
    static final String LOG = ".log";
    /** A compacted segment that is not complete. */
    static final String CLEANED = ".cleaned";
    /** A compacted segment that is complete, but has not taken its place yet. */
    static final String SWAP = ".swap";

    static final String PARTITION_METADATA = "partition.metadata";
    static final String META_PROPERTIES = "meta.properties";
    static final String LOCK = ".lock";
    static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";
    static final String RECOVERY_POINTS = "recovery-point-offset-checkpoint";
    static final String START_OFFSETS = "log-start-offset-checkpoint";
    static final String DELETED_DIRECTORY = "-delete";

    private static final String LEADER_EPOCHS = "leader-epoch-checkpoint";
    private static final int OFFSET_DIGITS = 20;
    private static final int MAX_NAME_LENGTH = 255;

    private FileNames() {}

    /** 20 digits and the suffix. */
    static String of(long offset, String suffix) {
        String digits = Long.toString(offset);
        return "0".repeat(OFFSET_DIGITS - digits.length()) + digits + suffix;
    }

    static String of(BlobKind kind, long offset) {
        return switch (kind) {
            case OFFSET_INDEX -> of(offset, ".index");
            case TIME_INDEX -> of(offset, ".timeindex");
            case TXN_INDEX -> of(offset, ".txnindex");
            case PRODUCER_SNAPSHOT -> of(offset, ".snapshot");
            case LEADER_EPOCHS -> LEADER_EPOCHS;
        };
    }

    /** The offset in a file's name, if the name is one of {@link #of}. */
    static OptionalLong offset(String name, String suffix) {
        if (!name.endsWith(suffix) || name.length() != OFFSET_DIGITS + suffix.length()) {
            return OptionalLong.empty();
        }
        for (int i = 0; i < OFFSET_DIGITS; i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return OptionalLong.empty();
            }
        }
        try {
            return OptionalLong.of(Long.parseLong(name.substring(0, OFFSET_DIGITS)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The partition whose directory has this name, if it is one. */
    static Optional<TopicPartition> partition(String directory) {
        int dash = directory.lastIndexOf('-');
        int digits = directory.length() - dash - 1;
        if (dash <= 0 || digits == 0 || digits > 9) {
            return Optional.empty();
        }
        int partition = 0;
        for (int i = dash + 1; i < directory.length(); i++) {
            char digit = directory.charAt(i);
            if (digit < '0' || digit > '9') {
                return Optional.empty();
            }
            partition = partition * 10 + digit - '0';
        }
        return Optional.of(new TopicPartition(directory.substring(0, dash), partition));
    }

    /** The name that a partition's directory gets when it is deleted. */
    static String deleted(TopicPartition partition, long chance) {
        String suffix = "." + String.format(Locale.ROOT, "%016x%016x", chance, chance) + DELETED_DIRECTORY;
        String name = partition.toString();
        return name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH - suffix.length())) + suffix;
    }
}
