package com.linbox.inbox;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"router", "rpc", "standalone"})
class InboxConfiguration {

    @Bean
    Inbox inbox() {
        return new RedisInbox();
    }
}
