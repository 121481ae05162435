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
        this("router", properties);
    }

    /** @param modules further classes to wire: configurations of modules that use this one, or what they need */
    public RedisRole(String profile, Map<String, String> properties, Class<?>... modules) {
        context.getEnvironment().setActiveProfiles(profile);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.<String, Object>copyOf(properties)));
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.register(RedisConfiguration.class);
        if (modules.length > 0) {
            context.register(modules);
        }
        context.refresh();
    }

    public RedisConnections connections() {
        return context.getBean(RedisConnections.class);
    }

    public MeterRegistry meters() {
        return context.getBean(MeterRegistry.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public boolean has(Class<?> type) {
        return context.getBeanProvider(type).iterator().hasNext();
    }

    @Override
    public void close() {
        context.close();
    }
}
