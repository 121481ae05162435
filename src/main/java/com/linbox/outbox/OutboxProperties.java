package com.linbox.outbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the way from routers to gateways.
 *
 * @param maxEntries entries that may wait for one gateway; when there are more, the oldest are lost (their messages are
 *     found in the inbox)
 * @param maxEntry size of an entry, beyond which deliveries go into another one; 1 KB to 16 MB
 * @param blockEntries entries that a gateway reads at a time; with {@code maxEntry} it bounds the memory this takes
 * @param lease how long the stream of a gateway that has ended stays; a living gateway renews it all the time
 */
@Validated
@ConfigurationProperties("linbox.outbox")
record OutboxProperties(
        @DefaultValue("2000") @Min(10) int maxEntries,
        @DefaultValue("256KB") DataSize maxEntry,
        @DefaultValue("16") @Min(1) @Max(1000) int blockEntries,

        @DefaultValue("60s") @NotNull @DurationMin(seconds = 3)
        Duration lease) {

    private static final DataSize SMALLEST_ENTRY = DataSize.ofKilobytes(1);
    private static final DataSize LARGEST_ENTRY = DataSize.ofMegabytes(16);

    OutboxProperties {
        if (maxEntry.compareTo(SMALLEST_ENTRY) < 0 || maxEntry.compareTo(LARGEST_ENTRY) > 0) {
            throw new IllegalArgumentException("linbox.outbox.max-entry: " + maxEntry + " (expected: 1KB..16MB)");
        }
    }
}
