package com.linbox.tracing;

import com.linbox.settings.ChangesWhileRunning;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Traces of requests through all roles.
 *
 * @param endpoint where they are sent, by OTLP over HTTP, such as {@code http://collector:4318/v1/traces}; nothing is traced
 *     where it is not set
 * @param sampling of which share of requests there is a trace, 0 to 1; the gateway, or the rpc role, decides for all
 * @param headers what is sent with them, such as {@code authorization}
 */
@Validated
@ConfigurationProperties("linbox.tracing")
record TracingSettings(
        @Nullable URI endpoint,

        @ChangesWhileRunning @DefaultValue("0.01") @DecimalMin("0") @DecimalMax("1")
        double sampling,

        @DefaultValue Map<String, String> headers) {

    TracingSettings {
        if (endpoint != null && endpoint.toString().isEmpty()) {
            // What a file leaves empty is not there.
            endpoint = null;
        }
        if (endpoint != null
                && (endpoint.getHost() == null
                        || !String.valueOf(endpoint.getScheme()).matches("https?"))) {
            throw new IllegalArgumentException("endpoint: " + endpoint + " (expected: an http or https URL)");
        }
    }

    /** Without the headers, which may hold a secret. */
    @Override
    public String toString() {
        return "TracingSettings[endpoint=" + endpoint + ", sampling=" + sampling + "]";
    }
}
