package com.linbox.journal;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How LINBOX uses Kafka. Where Kafka is and how to sign in there are Spring's own {@code spring.kafka.*} properties.
 *
 * @param partitions how many partitions a topic gets where it is created; it bounds how many routers can share the work
 * @param replication how many brokers hold each record of a topic where it is created
 * @param startTimeout how long a starting process waits for Kafka
 * @param publishTimeout after how long a request that Kafka has not taken is answered with 503
 * @param buffer how many bytes of requests may wait for Kafka; more are answered with 503
 * @param linger how long a request may wait for others to share its way to Kafka
 * @param maxBatch how many records a router handles at a time at most
 * @param sessionTimeout after how long a router that went silent loses its partitions to the others
 * @param retryBackoff how long a router waits before it tries a batch again because an engine is away
 * @param pushRetention how long Kafka keeps the events of {@code linbox.push} where it creates that topic
 */
@Validated
@ConfigurationProperties("linbox.journal")
public record JournalSettings(
        @DefaultValue("8") @Min(1) @Max(1000) int partitions,
        @DefaultValue("1") @Min(1) @Max(10) short replication,
        @DefaultValue("60s") Duration startTimeout,
        @DefaultValue("10s") Duration publishTimeout,
        @DefaultValue("32MB") DataSize buffer,
        @DefaultValue("1ms") Duration linger,
        @DefaultValue("500") @Min(1) @Max(10_000) int maxBatch,
        @DefaultValue("6s") Duration sessionTimeout,
        @DefaultValue("500ms") Duration retryBackoff,
        @DefaultValue("3d") Duration pushRetention) {

    private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);

    public JournalSettings {
        if (pushRetention.compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException(
                    "push-retention: " + pushRetention + " (expected: at least " + SHORTEST_RETENTION + ")");
        }
    }
}
