package com.linbox.gateway;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When an address whose sign-ins are refused is slowed down.
 *
 * @param failures after so many refused sign-ins within {@code within} the next ones from that address have to wait; 0 for
 *     never, where all clients come from one address, such as a proxy's
 * @param within for how long a refused sign-in counts
 */
@Validated
@ConfigurationProperties("linbox.gateway.sign-in-throttle")
record SignInThrottleSettings(
        @DefaultValue("10") @Min(0) @Max(1_000) int failures,
        @DefaultValue("1m") Duration within) {

    SignInThrottleSettings {
        if (within.compareTo(Duration.ofSeconds(1)) < 0 || within.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("within: " + within + " (expected: PT1S..PT24H)");
        }
    }
}
