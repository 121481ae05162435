package com.linbox.cluster;

import com.linbox.settings.LiveSettings;
import java.time.Clock;
import org.apache.curator.RetryPolicy;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.BoundedExponentialBackoffRetry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
@EnableConfigurationProperties(ZooKeeperSettings.class)
class ClusterConfiguration {

    @Bean(initMethod = "start", destroyMethod = "close")
    CuratorFramework curator(ZooKeeperSettings settings) {
        RetryPolicy retry = new BoundedExponentialBackoffRetry(100, 5_000, 10);
        return CuratorFrameworkFactory.builder()
                .connectString(settings.connect())
                .sessionTimeoutMs((int) settings.sessionTimeout().toMillis())
                .connectionTimeoutMs((int) settings.connectionTimeout().toMillis())
                .retryPolicy(retry)
                .zookeeperFactory(BriefZooKeeper::new)
                .build();
    }

    @Bean
    ZooKeeperProbe zooKeeperProbe(CuratorFramework curator) {
        return new ZooKeeperProbe(curator);
    }

    @Bean
    ZooKeeperLivingGateways livingGateways(CuratorFramework curator) {
        return new ZooKeeperLivingGateways(curator, Clock.systemUTC());
    }

    @Bean
    @Profile({"gateway", "standalone"})
    ZooKeeperGatewayRegistry gatewayRegistry(CuratorFramework curator) {
        return new ZooKeeperGatewayRegistry(curator);
    }

    @Bean
    ZooKeeperSettingsWatch settingsWatch(CuratorFramework curator, LiveSettings settings) {
        return new ZooKeeperSettingsWatch(curator, settings);
    }

    @Bean
    ZooKeeperSettingsNodes settingsNodes(CuratorFramework curator) {
        return new ZooKeeperSettingsNodes(curator);
    }

    @Bean
    @Profile({"rpc", "standalone"})
    ZooKeeperProviderRegistry providerRegistry(CuratorFramework curator) {
        return new ZooKeeperProviderRegistry(curator);
    }
}
