package com.linbox.testing;

import com.linbox.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/** The journal as a router has it, wired by its own configuration, with a real Kafka and nothing else. */
public final class JournalSlice implements AutoCloseable {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    /**
     * @param kafka the properties by which it is found
     * @param settings names and values in turn
     */
    public JournalSlice(Map<String, String> kafka, String... settings) {
        Map<String, Object> properties = new HashMap<>(kafka);
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        context.getEnvironment().setActiveProfiles("router");
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        context.registerBean(LocalValidatorFactoryBean.class);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(Tracing.class, () -> Tracing.OFF);
        context.scan("com.linbox.journal");
        context.refresh();
    }

    /** One of its parts. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
