package com.linbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedZooKeeperTests {

    @TempDir
    Path folder;

    @Test
    void nodesSurviveARestartOnAnotherPort() throws Exception {
        byte[] data = "kept".getBytes(StandardCharsets.UTF_8);
        try (EmbeddedZooKeeper first = started();
                ZooKeeper client = connect(first)) {
            client.create("/linbox", data, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }
        try (EmbeddedZooKeeper second = started();
                ZooKeeper client = connect(second)) {
            assertThat(client.getData("/linbox", false, null)).isEqualTo(data);
        }
    }

    @Test
    void aPortInUseIsNamed() {
        try (EmbeddedZooKeeper first = started();
                EmbeddedZooKeeper second = new EmbeddedZooKeeper(folder.resolve("second"), portOf(first))) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(EngineFailedException.class)
                    .hasMessageContaining("port %d", portOf(first))
                    .hasMessageContaining("in use");
        }
    }

    private EmbeddedZooKeeper started() {
        EmbeddedZooKeeper engine = new EmbeddedZooKeeper(folder.resolve("first"), LoopbackPorts.free());
        engine.start();
        return engine;
    }

    private static int portOf(EmbeddedZooKeeper engine) {
        return Integer.parseInt(engine.connect().split(":")[1]);
    }

    private static ZooKeeper connect(EmbeddedZooKeeper engine) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper client = new ZooKeeper(engine.connect(), 5_000, event -> {
            if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        connected.await();
        return client;
    }
}
