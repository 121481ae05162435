package com.linbox.e2e;

import com.linbox.testing.ZooKeeperEngine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;

/** Settings that an operator changes while LINBOX runs, and takes back at the end. */
final class OperatorNodes implements AutoCloseable {

    private final CuratorFramework zooKeeper;
    private final List<String> made = new ArrayList<>();

    OperatorNodes(ZooKeeperEngine engine) {
        zooKeeper = CuratorFrameworkFactory.newClient(
                engine.properties().get("linbox.zookeeper.connect"), new RetryOneTime(100));
        zooKeeper.start();
    }

    void set(String setting, String value) throws Exception {
        String path = "/linbox/settings/" + setting;
        made.add(path);
        zooKeeper.create().orSetData().creatingParentsIfNeeded().forPath(path, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws Exception {
        for (String path : made) {
            zooKeeper.delete().quietly().forPath(path);
        }
        zooKeeper.close();
    }
}
