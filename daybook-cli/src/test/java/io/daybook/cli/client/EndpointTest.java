package io.daybook.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.cli.CommandException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "localhost:9093,localhost,9093",
        "localhost,localhost,9092",
        "[::1]:9093,::1,9093",
        "[::1],::1,9092",
        "PLAINTEXT://broker:1,broker,1",
    })
    void understandsHostAndPort(String text, String host, int port) {
        assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":9092", "host:0", "host:65536", "host:port"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(text);
    }
}
