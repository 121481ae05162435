package com.linbox.redis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisVersionTests {

    @ParameterizedTest
    @ValueSource(strings = {"6.2.0", "6.10.1", "7.4.2", "8.0.0", "10.0.0"})
    void sixPointTwoAndNewerWillDo(String version) {
        assertThatCode(() -> RedisVersion.check("# Server\r\nredis_version:" + version + "\r\nredis_mode:standalone"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.0.16", "5.0.14", "2.8.0"})
    void anOlderOneIsRefusedByItsVersion(String version) {
        assertThatThrownBy(() -> RedisVersion.check("redis_version:" + version + "\r\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(version);
    }
}
