package com.linbox.testing;

import com.linbox.embedded.LoopbackPorts;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server as a process of its own on a free loopback port, which a test may stop, start again and suspend. Every
 * write is synced before it is answered, so that what was answered survives {@link #kill()}.
 */
public final class RedisProcess implements AutoCloseable {

    private static final Duration STARTED_WITHIN = Duration.ofSeconds(20);

    private final Path folder;
    private final int port;
    private final ServerProcess process;

    /** @param options further settings for the command line, such as {@code --cluster-enabled yes} */
    public RedisProcess(String... options) throws IOException {
        folder = TemporaryFolder.create("redis");
        port = LoopbackPorts.free();
        List<String> command = new ArrayList<>(List.of(
                ExecutableProvider.newJarResourceProvider().get().getPath(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                folder.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--save",
                ""));
        command.addAll(List.of(options));
        process = new ServerProcess("Redis on port " + port, command, folder.resolve("log"), said -> answers());
    }

    /** Starts it, with the data it had, and returns once it answers. */
    public RedisProcess start() throws IOException {
        process.start().awaitReady(STARTED_WITHIN);
        return this;
    }

    private boolean answers() {
        RedisClient client = RedisClient.create(
                RedisURI.builder().withHost("127.0.0.1").withPort(port).build());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return "PONG".equals(connection.sync().ping());
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    public ServerProcess process() {
        return process;
    }

    public int port() {
        return port;
    }

    /** The Spring properties by which LINBOX finds it. */
    public Map<String, String> properties() {
        return Map.of("spring.data.redis.host", "127.0.0.1", "spring.data.redis.port", Integer.toString(port));
    }

    /** Ends it as a power cut would. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Forgets its data; only while it is not running. */
    public void forget() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(path -> !path.endsWith("log")).toList()) {
                FileSystemUtils.deleteRecursively(file);
            }
        }
    }

    /** Makes it stand still, with its connections open. */
    public void suspend() throws Exception {
        process.suspend();
    }

    public void resume() throws Exception {
        process.resume();
    }

    @Override
    public void close() {
        process.close();
    }
}
