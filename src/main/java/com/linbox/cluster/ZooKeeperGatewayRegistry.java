package com.linbox.cluster;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.zookeeper.CreateMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** {@link GatewayRegistry} as an ephemeral node, made anew whenever a session with ZooKeeper was lost. */
final class ZooKeeperGatewayRegistry implements GatewayRegistry, AutoCloseable {

    static final String ROOT = "/linbox/gateways";

    private static final Logger log = LoggerFactory.getLogger(ZooKeeperGatewayRegistry.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final CuratorFramework curator;
    private final Clock clock;
    private @Nullable PersistentNode node;

    ZooKeeperGatewayRegistry(CuratorFramework curator, Clock clock) {
        this.curator = curator;
        this.clock = clock;
    }

    @Override
    public synchronized void announce(String id, String host, int port) {
        withdraw();
        byte[] data = JSON.writeValueAsBytes(Map.of("host", host, "port", port, "since", clock.millis()));
        PersistentNode announced = new PersistentNode(curator, CreateMode.EPHEMERAL, false, ROOT + "/" + id, data);
        announced.start();
        node = announced;
    }

    @Override
    public synchronized void withdraw() {
        if (node == null) {
            return;
        }
        try {
            node.close();
        } catch (IOException e) {
            log.warn("The gateway's node in ZooKeeper stays until its session times out: {}", e.toString());
        }
        node = null;
    }

    @Override
    public void close() {
        withdraw();
    }
}
