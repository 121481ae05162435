package com.linbox.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private final Set<String> gone = Collections.synchronizedSet(Collections.newSetFromMap(new Remembered()));

    private final Clock clock;
    private volatile boolean complete;

    ZooKeeperLivingGateways(CuratorFramework curator, Clock clock) {
        this.clock = clock;
        cache = CuratorCache.build(curator, GatewayNode.ROOT);
        cache.listenable()
                .addListener(CuratorCacheListener.builder()
                        .forCreates(node -> gone.remove(GatewayNode.idOf(node)))
                        .forDeletes(node -> gone.add(GatewayNode.idOf(node)))
                        .forInitialized(() -> complete = true)
                        .build());
        cache.start();
    }

    @Override
    public boolean isGone(String gatewayId, long knownSince) {
        return gone.contains(gatewayId)
                || (complete
                        && clock.millis() - knownSince > LONGEST_UNSEEN.toMillis()
                        && cache.get(GatewayNode.pathOf(gatewayId)).isEmpty());
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

    /** The gateways that ended last; of older ones no session is left. */
    private static final class Remembered extends LinkedHashMap<String, Boolean> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
