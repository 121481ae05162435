package com.linbox.cluster;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.curator.utils.ZKPaths;

/** {@link LivingGateways} from a cache of ZooKeeper's nodes, which keeps what it knew while ZooKeeper is away. */
final class ZooKeeperLivingGateways implements LivingGateways, AutoCloseable {

    private static final int REMEMBERED = 1_000;

    private final CuratorCache cache;
    private final Set<String> gone = Collections.synchronizedSet(Collections.newSetFromMap(new Remembered()));

    ZooKeeperLivingGateways(CuratorFramework curator) {
        cache = CuratorCache.build(curator, ZooKeeperGatewayRegistry.ROOT);
        cache.listenable()
                .addListener(CuratorCacheListener.builder()
                        .forCreates(node -> gone.remove(idOf(node)))
                        .forDeletes(node -> gone.add(idOf(node)))
                        .build());
        cache.start();
    }

    @Override
    public boolean isGone(String gatewayId) {
        return gone.contains(gatewayId);
    }

    @Override
    public void close() {
        cache.close();
    }

    private static String idOf(ChildData node) {
        return ZKPaths.getNodeFromPath(node.getPath());
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
