package com.linbox.cluster;

import com.linbox.health.Engine;
import com.linbox.health.EngineProbe;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;

/** Looks whether there is a session, and if so for ZooKeeper's own node, which is always there. */
final class ZooKeeperProbe implements EngineProbe {

    private static final String ALWAYS_THERE = "/zookeeper";

    private final CuratorFramework curator;

    ZooKeeperProbe(CuratorFramework curator) {
        this.curator = curator;
    }

    @Override
    public Engine engine() {
        return Engine.ZOOKEEPER;
    }

    @Override
    public void ask(Duration atMost) throws Exception {
        // Without a session Curator would keep the question and ask it once there is one.
        if (!curator.getZookeeperClient().isConnected()) {
            throw new IllegalStateException("not connected");
        }
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        curator.checkExists()
                .inBackground((client, event) -> answer.complete(event.getResultCode()))
                .forPath(ALWAYS_THERE);
        KeeperException.Code code = KeeperException.Code.get(answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        // In a chroot the node is not there, which is an answer too.
        if (code != KeeperException.Code.OK && code != KeeperException.Code.NONODE) {
            throw KeeperException.create(code, ALWAYS_THERE);
        }
    }
}
