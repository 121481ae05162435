package com.linbox.presence;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * On how many devices a user may be signed in, the same for all gateways; and how much is remembered of it.
 *
 * @param devices which sessions of a user exclude each other; the newest stays
 * @param maxDevices how many sessions a user may have whatever the devices are; of more, the oldest goes
 * @param cachedUsers of how many users, online or not, each of a router's threads remembers where they are connected, so that
 *     telling a large group of a message asks Redis for none of them; some 16 to 40 bytes for each that is offline, a few
 *     hundred for each that is online
 */
@Validated
@ConfigurationProperties("linbox.presence")
record PresenceSettings(
        @DefaultValue("one-per-device-type") Devices devices,
        @DefaultValue("10") @Min(1) @Max(100) int maxDevices,
        @DefaultValue("250000") @Min(1_000) @Max(10_000_000) int cachedUsers) {

    /** Which sessions of a user exclude each other. */
    enum Devices {
        /** All: a user has one. */
        ONE,
        /** Those whose {@code device} is the same text, upper and lower case alike. */
        ONE_PER_DEVICE_TYPE,
        /** None. */
        MANY
    }
}
