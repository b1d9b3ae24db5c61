package io.daybook.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.base.wire.UnsupportedVersionException;
import java.util.Arrays;
import org.apache.kafka.common.message.ApiMessageType;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    @Test
    void everyApiOfKafkaIsThereWithItsVersionsAndHeaders() {
        assertThat(Arrays.stream(ApiKey.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ApiMessageType.values()).map(Enum::name).toList());
        for (ApiMessageType theirs : ApiMessageType.values()) {
            ApiKey ours = ApiKey.valueOf(theirs.name());
            assertThat(ours.id()).isEqualTo(theirs.apiKey());
            assertThat(ours.apiName()).isEqualTo(theirs.name);
            assertThat(ours.latestVersionUnstable()).isEqualTo(theirs.latestVersionUnstable());
            assertThat(ours.servedByBrokers())
                    .isEqualTo(theirs.listeners().contains(ApiMessageType.ListenerType.BROKER));
            if (theirs.highestSupportedVersion(true) >= theirs.lowestSupportedVersion()) {
                assertSameVersions(ours, theirs);
            }
        }
    }

    private static void assertSameVersions(ApiKey ours, ApiMessageType theirs) {
        assertThat(ours.lowestVersion()).isEqualTo(theirs.lowestSupportedVersion());
        assertThat(ours.highestVersion()).isEqualTo(theirs.highestSupportedVersion(true));
        assertThat(ours.highestStableVersion()).isEqualTo(theirs.highestSupportedVersion(false));
        for (short version = ours.lowestVersion(); version <= ours.highestVersion(); version++) {
            assertThat(ours.hasVersion(version)).isTrue();
            assertThat(ours.requestHeaderVersion(version)).isEqualTo(theirs.requestHeaderVersion(version));
            assertThat(ours.responseHeaderVersion(version)).isEqualTo(theirs.responseHeaderVersion(version));
        }
        assertThat(ours.newRequest().apiKey()).isEqualTo(ours.id());
        assertThat(ours.newResponse().apiKey()).isEqualTo(ours.id());
    }

    @Test
    void theHeaderOfAnApiVersionsAnswerNeverChanges() {
        assertThat(ApiKey.API_VERSIONS.responseHeaderVersion((short) 4)).isZero();
        assertThat(ApiKey.API_VERSIONS.requestHeaderVersion((short) 4)).isEqualTo((short) 2);
    }

    @Test
    void findsByNumberAndOnlyWhatExists() {
        for (ApiKey api : ApiKey.values()) {
            assertThat(ApiKey.find(api.id())).contains(api);
        }
        assertThat(ApiKey.find((short) -1)).isEmpty();
        assertThat(ApiKey.find(Short.MAX_VALUE)).isEmpty();
        assertThat(ApiKey.find((short) ApiKey.values().length)).isEmpty();
    }

    @Test
    void anApiThatTheProtocolGaveUpHasANameAndNothingElse() {
        assertThat(ApiKey.find((short) 4)).contains(ApiKey.LEADER_AND_ISR);
        assertThat(ApiKey.LEADER_AND_ISR.hasVersion((short) 0)).isFalse();
        assertThatThrownBy(ApiKey.LEADER_AND_ISR::newRequest).isInstanceOf(UnsupportedVersionException.class);
    }
}
