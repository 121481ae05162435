package com.linbox.e2e;

import com.linbox.cluster.Gateway;
import com.linbox.cluster.GatewayRegistry;
import com.linbox.cluster.LivingGateways;
import com.linbox.outbox.Delivery;
import com.linbox.outbox.OutboxReader;
import com.linbox.presence.Presence;
import com.linbox.presence.Session;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/**
 * A gateway whose connections are only numbers: it announces itself, signs users in and reads its outbox as any other, with
 * the modules' own configurations, but writes to no socket. What routers do for it is what they do for a real one.
 */
final class SimulatedGateway implements AutoCloseable {

    private static final String[] MODULES = {
        "com.linbox.settings",
        "com.linbox.redis",
        "com.linbox.cluster",
        "com.linbox.presence",
        "com.linbox.outbox",
        "com.linbox.protocol"
    };
    private static final int SIGN_INS_AT_ONCE = 200;

    private final String id;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    /**
     * @param engines the properties by which Redis and ZooKeeper are found
     * @param deliveries told of what its connections are to get, on a thread of its own
     */
    SimulatedGateway(String id, Map<String, String> engines, Consumer<List<Delivery>> deliveries) {
        this.id = id;
        Map<String, Object> properties = new HashMap<>(engines);
        context.getEnvironment().setActiveProfiles("gateway");
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        context.registerBean(LocalValidatorFactoryBean.class);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.scan(MODULES);
        context.refresh();
        context.getBean(GatewayRegistry.class)
                .announce(new Gateway(id, "127.0.0.1", 1, null, null, null, 0, System.currentTimeMillis(), false));
        context.getBean(OutboxReader.class).start(id, deliveries);
    }

    /** Signs in users from (inclusive) to (exclusive); a user's connection has the user's id. */
    void signIn(long from, long to) {
        Presence presence = context.getBean(Presence.class);
        for (long first = from; first < to; first += SIGN_INS_AT_ONCE) {
            List<CompletableFuture<?>> signedIn = new ArrayList<>();
            LongStream.range(first, Math.min(to, first + SIGN_INS_AT_ONCE))
                    .forEach(user -> signedIn.add(presence.signIn(
                                    new Session(user, id, user, "test", System.currentTimeMillis(), 2),
                                    LivingGateways.UNREGISTERED)
                            .toCompletableFuture()));
            CompletableFuture.allOf(signedIn.toArray(CompletableFuture<?>[]::new))
                    .join();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
