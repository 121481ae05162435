package com.linbox.cluster;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.curator.utils.ZKPaths;
import org.apache.zookeeper.CreateMode;

/** {@link ProviderRegistry} as ephemeral nodes, made anew whenever a session with ZooKeeper was lost. */
final class ZooKeeperProviderRegistry implements ProviderRegistry, AutoCloseable {

    static final String ROOT = "/dubbo";

    private static final byte[] NO_DATA = new byte[0];

    private final CuratorFramework curator;
    private final List<PersistentNode> nodes = new ArrayList<>();

    ZooKeeperProviderRegistry(CuratorFramework curator) {
        this.curator = curator;
    }

    @Override
    public synchronized void announce(String service, String url) {
        PersistentNode node = new PersistentNode(curator, CreateMode.EPHEMERAL, false, pathOf(service, url), NO_DATA);
        node.start();
        nodes.add(node);
    }

    /** The node's name says everything. */
    private static String pathOf(String service, String url) {
        return ZKPaths.makePath(ROOT, service, "providers", URLEncoder.encode(url, StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void withdraw() {
        if (!nodes.isEmpty()) {
            NodeRemoval.remove("The services of the rpc role", List.copyOf(nodes));
        }
        nodes.clear();
    }

    @Override
    public void close() {
        withdraw();
    }
}
