package com.linbox.redis;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The Redis module as a role has it, wired by its own configuration, for tests of the modules above it. */
public final class RedisRole implements AutoCloseable {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    /** @param properties of the Redis to use, such as an engine's, and further settings */
    public RedisRole(Map<String, String> properties) {
        context.getEnvironment().setActiveProfiles("router");
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.<String, Object>copyOf(properties)));
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.register(RedisConfiguration.class);
        context.refresh();
    }

    public RedisConnections connections() {
        return context.getBean(RedisConnections.class);
    }

    public MeterRegistry meters() {
        return context.getBean(MeterRegistry.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
