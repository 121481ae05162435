package com.linbox.testing;

import com.linbox.embedded.EmbeddedZooKeeper;
import com.linbox.embedded.LoopbackPorts;
import java.nio.file.Path;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;

/** A single ZooKeeper. */
public final class ZooKeeperEngine implements Engine {

    private static final int PORT = 2181;

    private String connect = "not started";

    @Override
    public void start() throws Exception {
        if (Docker.isAvailable()) {
            // Ended by Testcontainers with the JVM.
            @SuppressWarnings("resource")
            GenericContainer<?> container = new GenericContainer<>("zookeeper:3.9.4").withExposedPorts(PORT);
            // As short a session as the embedded one allows.
            container.withEnv("ZOO_TICK_TIME", "500");
            container.start();
            connect = container.getHost() + ":" + container.getMappedPort(PORT);
        } else {
            Path folder = TemporaryFolder.create("zookeeper");
            EmbeddedZooKeeper zooKeeper = new EmbeddedZooKeeper(folder, LoopbackPorts.free());
            zooKeeper.start();
            AtExit.run(zooKeeper::close);
            connect = zooKeeper.connect();
        }
    }

    /** Such as {@code 127.0.0.1:2181}. */
    public String connect() {
        return connect;
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("linbox.zookeeper.connect", connect);
    }
}
