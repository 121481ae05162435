package com.linbox.cluster;

import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.zookeeper.CreateMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link GatewayRegistry} as an ephemeral node, made anew whenever a session with ZooKeeper was lost. The registration is the
 * node's {@code czxid}: the number of the transaction by which ZooKeeper has made it.
 */
final class ZooKeeperGatewayRegistry implements GatewayRegistry, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ZooKeeperGatewayRegistry.class);

    private final CuratorFramework curator;
    private @Nullable PersistentNode node;
    private @Nullable Gateway announced;
    private @Nullable String withdrawn;
    private volatile Runnable whenSeen = () -> {};
    private volatile long registration;

    /** Whether a node was made whose registration is not known yet. */
    private volatile boolean unconfirmed;

    ZooKeeperGatewayRegistry(CuratorFramework curator) {
        this.curator = curator;
    }

    @Override
    public synchronized void announce(Gateway gateway) {
        if (gateway.id().equals(withdrawn)) {
            return;
        }
        if (unconfirmed) {
            confirm(GatewayNode.pathOf(gateway));
        }
        if (gateway.equals(announced)) {
            return;
        }
        if (node != null && announced != null && announced.id().equals(gateway.id())) {
            try {
                node.setData(GatewayNode.dataOf(gateway));
            } catch (Exception e) {
                // Its load there is an old one until the next time.
                log.debug("The gateway's load could not be told to ZooKeeper", e);
                return;
            }
        } else {
            closeNode();
            node = new PersistentNode(
                    curator, CreateMode.EPHEMERAL, false, GatewayNode.pathOf(gateway), GatewayNode.dataOf(gateway));
            node.getListenable().addListener(path -> {
                unconfirmed = true;
                confirm(path);
            });
            node.start();
        }
        announced = gateway;
    }

    /** Asks for the node's registration; where ZooKeeper goes away again before it answers, the next {@link #announce} does so. */
    private void confirm(String path) {
        try {
            curator.checkExists()
                    .inBackground((client, event) -> {
                        if (event.getStat() != null) {
                            registration = event.getStat().getCzxid();
                            unconfirmed = false;
                            whenSeen.run();
                        }
                    })
                    .forPath(path);
        } catch (Exception e) {
            log.debug("The gateway's registration is not known yet", e);
        }
    }

    @Override
    public long registration() {
        return registration;
    }

    @Override
    public void whenSeen(Runnable listener) {
        whenSeen = listener;
    }

    @Override
    public synchronized void withdraw() {
        if (announced != null) {
            withdrawn = announced.id();
        }
        closeNode();
    }

    private void closeNode() {
        if (node != null) {
            NodeRemoval.remove("The gateway", List.of(node));
        }
        node = null;
        announced = null;
    }

    @Override
    public void close() {
        withdraw();
    }
}
