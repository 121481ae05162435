package com.linbox.systemmessage;

import com.linbox.settings.ChangesWhileRunning;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How system messages are kept. The same for all roles.
 *
 * @param maxStored how many are kept for a user; of more, the oldest go
 * @param lifetime how long one is kept
 * @param confirmAfter a client that is heard so long after messages were written to it counts as having them; what it says
 *     sooner may have been on its way before they came. Until then a device gets them again at its next sign-in
 */
@Validated
@ConfigurationProperties("linbox.system-messages")
public record SystemMessageSettings(
        @ChangesWhileRunning @DefaultValue("1000") @Min(1) @Max(100_000)
        int maxStored,

        @ChangesWhileRunning @DefaultValue("30d") Duration lifetime,
        @ChangesWhileRunning @DefaultValue("2s") Duration confirmAfter) {

    private static final Duration LONGEST_LIFETIME = Duration.ofDays(3650);
    private static final Duration LONGEST_DOUBT = Duration.ofMinutes(10);

    public SystemMessageSettings {
        if (lifetime.toMillis() < 1 || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
            throw new IllegalArgumentException(
                    "lifetime: " + lifetime + " (expected: 1ms to " + LONGEST_LIFETIME.toDays() + "d)");
        }
        if (confirmAfter.isNegative() || confirmAfter.compareTo(LONGEST_DOUBT) > 0) {
            throw new IllegalArgumentException(
                    "confirm-after: " + confirmAfter + " (expected: 0 to " + LONGEST_DOUBT.toMinutes() + "m)");
        }
    }
}
