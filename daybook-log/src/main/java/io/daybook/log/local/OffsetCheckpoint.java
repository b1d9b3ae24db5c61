package io.daybook.log.local;

import io.daybook.base.TopicPartition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Kafka's checkpoint file of one offset per partition: a version, a count, then a line for each. */
final class OffsetCheckpoint {
    private OffsetCheckpoint() {}

    static byte[] encode(Map<TopicPartition, Long> offsets) {
        StringBuilder text = new StringBuilder(32 + offsets.size() * 32);
        Map<TopicPartition, Long> copy = new HashMap<>(offsets);
        text.append("0\n").append(copy.size()).append('\n');
        copy.forEach((partition, offset) -> text.append(partition.topic())
                .append(' ')
                .append(partition.partition())
                .append(' ')
                .append(offset)
                .append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Fails if the file is not whole; it is replaced atomically, so that means damage. */
    static Map<TopicPartition, Long> decode(String file, byte[] bytes) throws IOException {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n");
        if (!lines[0].trim().equals("0")) {
            throw new IOException(file + ": version '" + lines[0] + "' of the checkpoint is not known");
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try {
            int count = Integer.parseInt(lines[1].trim());
            for (int i = 0; i < count; i++) {
                String[] words = lines[i + 2].trim().split("\\s+");
                offsets.put(new TopicPartition(words[0], Integer.parseInt(words[1])), Long.parseLong(words[2]));
            }
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException(file + ": the checkpoint is damaged", e);
        }
        return offsets;
    }
}
