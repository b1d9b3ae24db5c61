package io.daybook.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.server.api.Endpoint;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigTest {
    private final ConfigSources sources = new ConfigSources();

    @Test
    void withoutAnyWordItListensOnTheLoopbackInterface() {
        ServerConfig config = ServerConfig.of(sources);

        assertThat(config.listeners()).containsExactly(new ListenerConfig("PLAINTEXT", "localhost", 9092));
        assertThat(config.logDirs()).containsExactly(Path.of("daybook-data").toAbsolutePath());
        assertThat(config.advertised()).isEmpty();
        assertThat(config.warnings()).isEmpty();
        assertThat(config.originOf("listeners")).isEqualTo(ConfigOrigin.DEFAULT);
    }

    @Test
    void aFlagGoesBeforeTheEnvironmentAndThatBeforeTheFile() {
        sources.flag("--set", "num.partitions", "3")
                .environment(Map.of("KAFKA_NUM_PARTITIONS", "2", "KAFKA_MESSAGE_MAX_BYTES", "2000"))
                .file("server.properties", "num.partitions=1\nmessage.max.bytes=1000\nbroker.rack=r1\n");

        ServerConfig config = ServerConfig.of(sources);

        assertThat(config.broker().get(BrokerConfigKeys.NUM_PARTITIONS)).isEqualTo(3);
        assertThat(config.originOf("num.partitions").place()).isEqualTo("--set");
        assertThat(config.broker().get(BrokerConfigKeys.MESSAGE_MAX_BYTES)).isEqualTo(2000);
        assertThat(config.originOf("message.max.bytes").place()).isEqualTo("KAFKA_MESSAGE_MAX_BYTES");
        assertThat(config.originOf("broker.rack").place()).isEqualTo("server.properties:3");
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_LOG_DIRS,log.dirs",
        "KAFKA_AUTO_CREATE_TOPICS_ENABLE,auto.create.topics.enable",
        "DAYBOOK_DURABILITY,daybook.durability",
        "KAFKA_DAYBOOK_DURABILITY,daybook.durability"
    })
    void environmentVariablesAreNamedAsInApachesImage(String variable, String key) {
        String value = key.equals("log.dirs") ? "/x" : key.endsWith("enable") ? "false" : "os";

        ServerConfig config = ServerConfig.of(sources.environment(Map.of(variable, value)));

        assertThat(config.values().get(key).text()).isEqualTo(value);
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void underscoresInVariablesStandForDotsUnderscoresAndDashes() {
        sources.environment(Map.of("KAFKA_SOME__ODD___KEY_NAME", "1"));

        assertThat(sources.values()).containsKey("some_odd-key.name");
    }

    @Test
    void variablesOfKafkasScriptsAreNoConfiguration() {
        sources.environment(Map.of("KAFKA_HEAP_OPTS", "-Xmx1g", "KAFKA_OPTS", "-Dx", "HOME", "/root"));

        assertThat(sources.values()).isEmpty();
    }

    @Test
    void theFileOfAnExistingKafkaIsRead() {
        sources.file("server.properties", """
                process.roles=broker,controller
                node.id=7
                controller.quorum.bootstrap.servers=localhost:9093
                listeners=PLAINTEXT://localhost:9092,CONTROLLER://:9093
                inter.broker.listener.name=PLAINTEXT
                advertised.listeners=PLAINTEXT://broker.example:9092,CONTROLLER://localhost:9093
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL
                num.network.threads=3
                num.io.threads=8
                socket.send.buffer.bytes=102400
                socket.receive.buffer.bytes=102400
                socket.request.max.bytes=104857600
                log.dirs=/tmp/kraft-combined-logs
                num.partitions=1
                num.recovery.threads.per.data.dir=2
                offsets.topic.replication.factor=1
                share.coordinator.state.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                log.retention.hours=168
                log.segment.bytes=1073741824
                log.retention.check.interval.ms=300000
                """);

        ServerConfig config = ServerConfig.of(sources);

        assertThat(config.warnings()).isEmpty();
        assertThat(config.listeners()).containsExactly(new ListenerConfig("PLAINTEXT", "localhost", 9092));
        assertThat(config.advertised()).isEqualTo(Map.of("PLAINTEXT", new Endpoint("broker.example", 9092)));
        assertThat(config.broker().get(BrokerConfigKeys.NODE_ID)).isEqualTo(7);
    }

    @Test
    void anUnknownKeyIsAWarningWithItsPlaceAndTheNearestName() {
        sources.file("server.properties", "# mine\n\nlog.retention.hour=5\n");

        assertThat(ServerConfig.of(sources).warnings())
                .containsExactly("unknown configuration log.retention.hour (server.properties:3);"
                        + " did you mean log.retention.hours?");
    }

    @Test
    void aKeyThatIsSetTwiceIsAWarning() {
        sources.file("f", "num.partitions=1\nnum.partitions=2\n");

        ServerConfig config = ServerConfig.of(sources);

        assertThat(config.broker().get(BrokerConfigKeys.NUM_PARTITIONS)).isEqualTo(2);
        assertThat(config.warnings()).containsExactly("num.partitions is set twice; f:2 holds, f:1 does not");
    }

    @Test
    void everyProblemIsToldAtOnceAndWhereItIs() {
        sources.file("f", "num.partitions=many\n").flag("--set", "message.max.bytes", "-5");

        assertThatThrownBy(() -> ServerConfig.of(sources))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("many")
                .hasMessageContaining("(f:1)")
                .hasMessageContaining("(--set)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listeners=PLAINTEXT://:9092|would let other machines in without authentication",
                "listeners=PLAINTEXT://0.0.0.0:9092|would let other machines in without authentication",
                "listeners=localhost:9092|write NAME://host:port",
                "listeners=PLAINTEXT://localhost:99999|write NAME://host:port",
                "listeners=A://localhost:1,A://localhost:2|names A twice",
                "listeners=PLAINTEXT://localhost:1,SSL://localhost:1|uses port 1 twice",
                "listeners=SSL://localhost:9092|only PLAINTEXT is there yet",
                "listeners=MINE://localhost:9092|add MINE:PLAINTEXT to listener.security.protocol.map",
                "advertised.listeners=OTHER://a:1|names OTHER, which is not in listeners",
                "advertised.listeners=PLAINTEXT://0.0.0.0:1|which is no address",
                "advertised.listeners=PLAINTEXT://a:0|port 0",
                "log.dirs=/a,/b,/a|names /a twice",
                "queued.max.request.bytes=1000|is less than socket.request.max.bytes"
            })
    void whatContradictsItselfIsRefusedWithAnAdvice(String line, String advice) {
        sources.file("server.properties", line);

        assertThatThrownBy(() -> ServerConfig.of(sources))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(advice);
    }

    @Test
    void otherMachinesMayComeWhereSomebodyAllowedIt() {
        sources.flag("--set", "daybook.allow.insecure", "true").flag("--listen", "listeners", "PLAINTEXT://:9092");

        assertThat(ServerConfig.of(sources).listeners()).containsExactly(new ListenerConfig("PLAINTEXT", "", 9092));
    }

    @Test
    void requestsHaveRoomForTheLargestBatch() {
        sources.flag("--set", "message.max.bytes", "50000000");

        assertThat(ServerConfig.of(sources).broker().get(BrokerConfigKeys.SOCKET_REQUEST_MAX_BYTES))
                .isGreaterThan(50_000_000);
    }

    @Test
    void moreCopiesThanThereAreAreWarnedOf() {
        sources.flag("--set", "min.insync.replicas", "2");

        assertThat(ServerConfig.of(sources).warnings())
                .singleElement()
                .asString()
                .contains("min.insync.replicas", "acks=all will be refused");
    }
}
