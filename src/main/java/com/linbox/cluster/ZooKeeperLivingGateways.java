package com.linbox.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;

/** What a cache of ZooKeeper's nodes knows of the gateways; it keeps what it knew while ZooKeeper is away. */
final class ZooKeeperLivingGateways implements LivingGateways, GatewayDirectory, AutoCloseable {

    /** How long a gateway may have been at work before the others see it, and then some. */
    private static final Duration LONGEST_UNSEEN = Duration.ofMinutes(1);

    private static final int REMEMBERED = 1_000;
    private static final Comparator<Gateway> LEAST_LOADED_FIRST =
            Comparator.comparingInt(Gateway::connections).thenComparing(Gateway::id);

    private final CuratorCache cache;

    /** The registrations of gateways that have ended. */
    private final Map<String, Long> ended = Collections.synchronizedMap(new Remembered());

    private final Clock clock;
    private volatile boolean complete;

    /** Of a gateway that was registered no later than that, and is not there, there is nothing more to come. */
    private volatile long allSeenUpTo;

    ZooKeeperLivingGateways(CuratorFramework curator, Clock clock) {
        this.clock = clock;
        cache = CuratorCache.build(curator, GatewayNode.ROOT);
        cache.listenable()
                .addListener(CuratorCacheListener.builder()
                        .forCreates(node -> ended.remove(GatewayNode.idOf(node)))
                        .forDeletes(node ->
                                ended.put(GatewayNode.idOf(node), node.getStat().getCzxid()))
                        .forInitialized(this::initialized)
                        .build());
        cache.start();
    }

    private void initialized() {
        cache.get(GatewayNode.ROOT)
                .ifPresent(root ->
                        allSeenUpTo = Math.max(allSeenUpTo, root.getStat().getPzxid()));
        complete = true;
    }

    @Override
    public boolean isGone(String gatewayId, long registration, long knownSince) {
        if (cache.get(GatewayNode.pathOf(gatewayId)).isPresent()) {
            return false;
        }
        Long endedRegistration = ended.get(gatewayId);
        if (registration != UNREGISTERED) {
            return endedRegistration != null && endedRegistration >= registration
                    || complete && registration <= allSeenUpTo;
        }
        return endedRegistration != null || complete && clock.millis() - knownSince > LONGEST_UNSEEN.toMillis();
    }

    @Override
    public List<Gateway> all() {
        return cache.stream()
                .map(GatewayNode::read)
                .filter(Objects::nonNull)
                .sorted(LEAST_LOADED_FIRST)
                .toList();
    }

    @Override
    public void close() {
        cache.close();
    }

    /** The gateways that ended last; of each that is forgotten, it is kept that it and all before it have been seen. */
    private final class Remembered extends LinkedHashMap<String, Long> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            if (size() <= REMEMBERED) {
                return false;
            }
            allSeenUpTo = Math.max(allSeenUpTo, eldest.getValue());
            return true;
        }
    }
}
