package com.linbox.testing;

import com.linbox.cluster.Gateway;
import com.linbox.cluster.GatewayRegistry;
import com.linbox.cluster.LivingGateways;
import com.linbox.gateway.GatewayEndpoint;
import com.linbox.journal.Origin;
import com.linbox.journal.RequestLog;
import com.linbox.journal.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/**
 * A gateway as a role has it, wired by its modules' own configurations, with a real Redis and nothing else: it lets users in
 * and answers pings, and what would go to the routers goes nowhere. Starts in a fraction of a second.
 */
public final class GatewaySlice implements AutoCloseable {

    private static final String[] MODULES = {
        "com.linbox.settings",
        "com.linbox.redis",
        "com.linbox.credential",
        "com.linbox.presence",
        "com.linbox.group",
        "com.linbox.systemmessage",
        "com.linbox.outbox",
        "com.linbox.protocol",
        "com.linbox.tracing",
        "com.linbox.gateway"
    };

    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    /** @param settings names and values in turn */
    public GatewaySlice(RedisEngine redis, String... settings) {
        this(redis.properties(), settings);
    }

    /** @param redis the properties by which it is found */
    public GatewaySlice(Map<String, String> redis, String... settings) {
        Map<String, Object> properties = new HashMap<>(redis);
        properties.put("linbox.gateway.port", "0");
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        context.getEnvironment().setActiveProfiles("gateway");
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        context.registerBean(LocalValidatorFactoryBean.class);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(LivingGateways.class, () -> (id, registration, since) -> gone.contains(id));
        context.registerBean(GatewayRegistry.class, Unannounced::new);
        context.registerBean(RequestLog.class, Nowhere::new);
        context.scan(MODULES);
        try {
            context.refresh();
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    public InetSocketAddress clients() {
        return bean(GatewayEndpoint.class).address();
    }

    /** From now on this gateway takes that one for gone. */
    public void takeForGone(String gatewayId) {
        gone.add(gatewayId);
    }

    /** And back again. */
    public void takeForLiving(String gatewayId) {
        gone.remove(gatewayId);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The sum of a meter's counters with this tag. */
    public double counted(String meter, String tag, String value) {
        return bean(MeterRegistry.class).get(meter).tag(tag, value).counter().count();
    }

    public double counted(String meter) {
        return bean(MeterRegistry.class).get(meter).counter().count();
    }

    @Override
    public void close() {
        context.close();
    }

    private static final class Nowhere implements RequestLog {

        @Override
        public void publish(
                Topic topic, String key, Origin origin, byte[] json, Consumer<@Nullable Exception> whenDone) {
            whenDone.accept(null);
        }

        @Override
        public boolean isCongested() {
            return false;
        }

        @Override
        public void onRelief(Runnable listener) {
            // It never is.
        }
    }

    private static final class Unannounced implements GatewayRegistry {

        @Override
        public void announce(Gateway gateway) {
            // Nobody looks for it.
        }

        @Override
        public void whenSeen(Runnable listener) {
            // Nobody sees it.
        }

        @Override
        public long registration() {
            return LivingGateways.UNREGISTERED;
        }

        @Override
        public void withdraw() {
            // It never was announced.
        }
    }
}
