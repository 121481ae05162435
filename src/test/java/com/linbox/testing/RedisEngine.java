package com.linbox.testing;

import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** Redis that syncs every write before it answers. */
public final class RedisEngine implements Engine {

    private static final int PORT = 6379;

    private Map<String, String> properties = Map.of();

    @Override
    public synchronized void start() throws Exception {
        if (properties.isEmpty()) {
            properties = Docker.isAvailable() ? inContainer() : asProcess();
        }
    }

    @SuppressWarnings("resource") // Testcontainers ends it with the JVM.
    private static Map<String, String> inContainer() {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("redis:7.4"))
                .withExposedPorts(PORT)
                .withCommand("redis-server", "--appendonly", "yes", "--appendfsync", "always");
        container.start();
        return Map.of(
                "spring.data.redis.host",
                container.getHost(),
                "spring.data.redis.port",
                Integer.toString(container.getMappedPort(PORT)));
    }

    @SuppressWarnings("resource") // It ends with the JVM.
    private static Map<String, String> asProcess() throws Exception {
        return new RedisProcess().start().properties();
    }

    @Override
    public Map<String, String> properties() {
        return properties;
    }
}
