package com.linbox.cluster;

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

    private static final int REMEMBERED = 1_000;
    private static final Comparator<Gateway> LEAST_LOADED_FIRST =
            Comparator.comparingInt(Gateway::connections).thenComparing(Gateway::id);

    private final CuratorCache cache;
    private final Set<String> gone = Collections.synchronizedSet(Collections.newSetFromMap(new Remembered()));

    ZooKeeperLivingGateways(CuratorFramework curator) {
        cache = CuratorCache.build(curator, GatewayNode.ROOT);
        cache.listenable()
                .addListener(CuratorCacheListener.builder()
                        .forCreates(node -> gone.remove(GatewayNode.idOf(node)))
                        .forDeletes(node -> gone.add(GatewayNode.idOf(node)))
                        .build());
        cache.start();
    }

    @Override
    public boolean isGone(String gatewayId) {
        return gone.contains(gatewayId);
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
