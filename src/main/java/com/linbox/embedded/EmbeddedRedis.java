package com.linbox.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server as a child of this process. Each write is on disk before it is answered ({@code appendfsync always}).
 */
public final class EmbeddedRedis implements EmbeddedEngine {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int REPLY_TIMEOUT_MILLIS = 1_000;

    private final Path folder;
    private final int port;
    private @Nullable ChildProcess process;

    /**
     * @param folder where its append-only file, its log and the program itself are kept; created if absent
     * @param port the port of 127.0.0.1 to listen on
     */
    public EmbeddedRedis(Path folder, int port) {
        this.folder = folder.toAbsolutePath();
        this.port = port;
    }

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public synchronized void start() {
        try {
            Path program = RedisBinary.in(folder);
            Path pidFile = folder.resolve("redis.pid");
            ChildProcess.endOrphan(pidFile);
            LoopbackPorts.requireFree("Redis", LoopbackPorts.HOST, port);
            process = ChildProcess.start(command(program), folder, log(), pidFile);
            awaitReady(process);
        } catch (IOException e) {
            close();
            throw new EngineFailedException("Redis cannot run with its data in %s: %s".formatted(folder, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new EngineFailedException("Redis's start was interrupted", e);
        }
    }

    private List<String> command(Path program) {
        return List.of(
                program.toString(),
                "--bind",
                LoopbackPorts.HOST,
                "--port",
                Integer.toString(port),
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--loglevel",
                "notice");
    }

    private void awaitReady(ChildProcess started) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!answersPing()) {
            if (!started.isAlive()) {
                throw new IOException("it ended at once, saying: " + lastWords());
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "it did not answer within %d s, see %s".formatted(START_TIMEOUT.toSeconds(), log()));
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
    }

    /** While it reads its data it answers with an error. */
    private boolean answersPing() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LoopbackPorts.HOST, port), REPLY_TIMEOUT_MILLIS);
            socket.setSoTimeout(REPLY_TIMEOUT_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream reply = socket.getInputStream();
            return new String(reply.readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log(), StandardCharsets.ISO_8859_1);
        return lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
    }

    private Path log() {
        return folder.resolve("redis.log");
    }

    public int port() {
        return port;
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("spring.data.redis.host", LoopbackPorts.HOST, "spring.data.redis.port", Integer.toString(port));
    }

    @Override
    public synchronized void close() {
        if (process != null) {
            process.stop();
            process = null;
        }
    }
}
