package com.linbox.health;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
class HealthConfiguration {

    @Bean(initMethod = "start", destroyMethod = "close")
    Engines engines(ObjectProvider<EngineProbe> probes, ObjectProvider<Reliance> reliances, MeterRegistry registry) {
        List<EngineWatch> watches = probes.stream()
                .map(probe -> new EngineWatch(probe, EngineWatch.PATIENCE, EngineWatch.PAUSE))
                .toList();
        return new Engines(watches, reliances.stream().toList(), registry);
    }

    /** Spring takes the component's name from the bean's. */
    @Bean
    CompositeHealthContributor enginesHealthContributor(Engines engines) {
        return CompositeHealthContributor.fromMap(engines.indicators());
    }
}
