package com.linbox.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

class UnknownSettingsTests {

    @Test
    void settingsThatNobodyReadsAreNamed() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("linbox.gatway.port", "1")
                .withProperty("linbox.gateway.prot", "2")
                .withProperty("linbox.gateway.port", "3")
                .withProperty("linbox.limits.requestRate", "4")
                .withProperty("linbox.tracing.headers.authorization", "5")
                .withProperty("linbox.bench.more-gateways[0]", "6")
                .withProperty("linbox.data-dir", "7")
                .withProperty("spring.unheard.of", "8");

        assertThat(UnknownSettings.in(environment))
                .hasSize(2)
                .anyMatch(setting -> setting.startsWith("linbox.gatway.port"))
                .anyMatch(setting -> setting.startsWith("linbox.gateway.prot"));
    }

    @Test
    void thePlaceIsToldAndVariablesOfTheEnvironmentAreLeftOut() {
        MockEnvironment environment = new MockEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("the command line", Map.of("linbox.gatway.port", "1")));
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of("LINBOX_OTHER", "1")));

        assertThat(UnknownSettings.in(environment))
                .singleElement()
                .asString()
                .contains("linbox.gatway.port", "the command line");
    }
}
