package com.linbox.cluster;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where ZooKeeper is.
 *
 * @param connect host:port pairs, separated by commas
 * @param sessionTimeout after how long a gateway that went silent counts as gone
 * @param connectionTimeout how long one attempt to connect may take
 */
@Validated
@ConfigurationProperties("linbox.zookeeper")
public record ZooKeeperSettings(
        @DefaultValue("127.0.0.1:2181") @NotBlank String connect,
        @DefaultValue("10s") Duration sessionTimeout,
        @DefaultValue("5s") Duration connectionTimeout) {}
