package com.linbox.console;

import com.linbox.cluster.Gateway;
import com.linbox.cluster.GatewayDirectory;
import com.linbox.journal.JournalUnavailableException;
import com.linbox.journal.Routers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Tells who lives. */
final class ClusterCalls {

    private final GatewayDirectory gateways;
    private final Routers routers;
    private final MeterRegistry registry;

    ClusterCalls(GatewayDirectory gateways, Routers routers, MeterRegistry registry) {
        this.gateways = gateways;
        this.routers = routers;
        this.registry = registry;
    }

    /** @param partitions by topic */
    record LivingRouter(String id, String host, Map<String, Integer> partitions, long waiting) {}

    /** @param up as this process sees it */
    record EngineState(String engine, boolean up) {}

    /**
     * The cluster.
     *
     * @param gateways as ZooKeeper knows them
     * @param routers as Kafka knows them; null where it does not say
     * @param engines that this process works on
     */
    record Cluster(List<Gateway> gateways, @Nullable List<LivingRouter> routers, List<EngineState> engines) {}

    /** {@code GET /cluster}. */
    ServerResponse look(ServerRequest request) {
        List<Gateway> all = gateways.all().stream()
                .sorted(Comparator.comparing(Gateway::id))
                .toList();
        return ServerResponse.ok().body(new Cluster(all, routers(), engines()));
    }

    private @Nullable List<LivingRouter> routers() {
        try {
            return routers.all().stream().map(ClusterCalls::living).toList();
        } catch (JournalUnavailableException e) {
            return null;
        }
    }

    private static LivingRouter living(Routers.Router router) {
        Map<String, Integer> partitions = new TreeMap<>();
        router.partitions().forEach((topic, count) -> partitions.put(topic.topicName(), count));
        return new LivingRouter(router.id(), router.host(), partitions, router.waiting());
    }

    private List<EngineState> engines() {
        return registry.find("linbox.engine.up").gauges().stream()
                .map(gauge -> new EngineState(String.valueOf(gauge.getId().getTag("engine")), isUp(gauge)))
                .sorted(Comparator.comparing(EngineState::engine))
                .toList();
    }

    private static boolean isUp(Gauge gauge) {
        return gauge.value() > 0;
    }
}
