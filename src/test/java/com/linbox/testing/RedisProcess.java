package com.linbox.testing;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server as a process of its own on a free loopback port, which a test may stop, start again and suspend. Every
 * write is synced before it is answered, so that what was answered survives {@link #kill()}.
 */
public final class RedisProcess implements AutoCloseable {

    private static final Duration STARTED_WITHIN = Duration.ofSeconds(20);

    private final Path executable;
    private final Path folder;
    private final int port;
    private final List<String> options;
    private Process process;

    /** @param options further settings for the command line, such as {@code --cluster-enabled yes} */
    public RedisProcess(String... options) throws IOException {
        this.executable = ExecutableProvider.newJarResourceProvider().get().toPath();
        this.folder = Files.createTempDirectory("linbox-redis-");
        this.port = freePort();
        this.options = List.of(options);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Starts it, with the data it had, and returns once it answers. */
    public RedisProcess start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
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
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        Awaitility.await("Redis on port " + port).atMost(STARTED_WITHIN).until(this::answers);
        return this;
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Redis ended at once, see " + folder.resolve("log"));
        }
        RedisClient client = RedisClient.create(
                RedisURI.builder().withHost("127.0.0.1").withPort(port).build());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return "PONG".equals(connection.sync().ping());
        } catch (RedisException e) {
            return false;
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
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
        process.destroyForcibly().waitFor();
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
        signal("-STOP");
    }

    public void resume() throws Exception {
        signal("-CONT");
    }

    private void signal(String signal) throws Exception {
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
            try {
                process.waitFor(5, TimeUnit.SECONDS);
                FileSystemUtils.deleteRecursively(folder);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                // Left to the system's cleaning of its temporary folder.
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // A node of a cluster listens on this port plus 10,000 as well.
            return socket.getLocalPort() <= 55_000 ? socket.getLocalPort() : freePort();
        }
    }
}
