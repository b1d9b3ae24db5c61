package io.daybook.protocol;

import io.daybook.base.wire.Message;
import io.daybook.base.wire.MessageOracle;
import io.daybook.protocol.message.FetchRequestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message in every version beside Kafka's own class. */
class MessageOracleTest {
    static Stream<Class<? extends Message>> messages() throws Exception {
        Path classes = Path.of(FetchRequestData.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<? extends Message>> messages = new ArrayList<>();
        for (String name : classNames(classes.resolve("io/daybook/protocol/message"))) {
            messages.add(Class.forName("io.daybook.protocol.message." + name).asSubclass(Message.class));
        }
        if (messages.size() < 180) {
            throw new AssertionError("only " + messages.size() + " messages in " + classes);
        }
        return messages.stream();
    }

    private static List<String> classNames(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name ->
                            name.endsWith(".class") && !name.contains("$") && !name.equals("package-info.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void hasKafkasVersionsAndDefaults(Class<? extends Message> message) {
        oracle(message).hasKafkasVersionsAndDefaults();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void roundTripsThroughKafka(Class<? extends Message> message) {
        oracle(message).roundTripsThroughKafka(10);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void refusesEveryPrefix(Class<? extends Message> message) {
        oracle(message).refusesEveryPrefix(2);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void survivesMutation(Class<? extends Message> message) {
        oracle(message).survivesMutation(3, 40);
    }

    private static MessageOracle oracle(Class<? extends Message> message) {
        return new MessageOracle(message, "org.apache.kafka.common.message");
    }
}
