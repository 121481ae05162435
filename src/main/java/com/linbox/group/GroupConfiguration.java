package com.linbox.group;

import com.linbox.redis.RedisConnections;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
@EnableConfigurationProperties(GroupSettings.class)
class GroupConfiguration {

    @Bean
    GroupRules groupRules(GroupSettings settings) {
        return new GroupRules(settings.maxMembers());
    }

    @Bean
    GroupIds groupIds(RedisConnections redis) {
        return new RedisGroupIds(redis, Clock.systemUTC());
    }
}
