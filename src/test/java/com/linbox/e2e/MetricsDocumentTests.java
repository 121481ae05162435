package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.e2e.MetricsDocument.Meter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds {@code src/docs/metrics.md} against a server that has all roles. {@code PrometheusIT} does so for each role. */
class MetricsDocumentTests {

    private static Map<String, Meter> documented;
    private static Map<String, Meter> served;

    @BeforeAll
    static void ask() throws Exception {
        documented = MetricsDocument.documented();
        HttpRequest request = HttpRequest.newBuilder(StandaloneInTest.get().http("/actuator/prometheus"))
                .build();
        served = MetricsDocument.served(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }

    @Test
    void everyMeterIsDocumentedAndEveryDocumentedMeterIsThere() {
        assertThat(served).hasSizeGreaterThan(50);
        assertThat(documented.keySet()).isEqualTo(served.keySet());
    }

    @Test
    void typesAndTagsAreAsDocumented() {
        documented.forEach((name, meter) -> {
            Meter real = served.getOrDefault(name, meter);
            assertThat(real.type()).as("type of %s", name).isEqualTo(meter.type());
            assertThat(real.tags().keySet())
                    .as("tags of %s", name)
                    .isEqualTo(meter.tags().keySet());
            meter.tags().forEach((tag, values) -> {
                if (!values.isEmpty()) {
                    assertThat(real.tags().get(tag))
                            .as("values of %s of %s", tag, name)
                            .isEqualTo(values);
                }
            });
        });
    }

    @Test
    void everyCauseForWhichConnectionsEndIsExplained() throws Exception {
        assertThat(MetricsDocument.explainedCauses())
                .isNotEmpty()
                .isEqualTo(served.get("linbox_gateway_connections_closed_total")
                        .tags()
                        .get("cause"));
    }
}
