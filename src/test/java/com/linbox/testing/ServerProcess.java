package com.linbox.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A server of its own process, which a test may end in any way, make stand still and start again. What it writes is added to
 * one file. It ends with this JVM.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Duration ENDED_WITHIN = Duration.ofMinutes(1);

    private final String name;
    private final List<String> command;
    private final Path output;
    private final Readiness readiness;
    private volatile @Nullable Process process;
    private volatile long outputBefore;

    /** Whether the server can be used. */
    public interface Readiness {

        /** @param said what it has written since this start */
        boolean isReady(String said) throws Exception;
    }

    /**
     * @param command the same at each start: ports are to be fixed
     * @param readiness asked until it says so; what it throws means no
     */
    public ServerProcess(String name, List<String> command, Path output, Readiness readiness) {
        this.name = name;
        this.command = List.copyOf(command);
        this.output = output;
        this.readiness = readiness;
        AtExit.run(this::close);
    }

    public String name() {
        return name;
    }

    /** Starts it and returns at once. */
    public synchronized ServerProcess start() throws IOException {
        outputBefore = Files.exists(output) ? Files.size(output) : 0;
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        return this;
    }

    /** Waits until it can be used; fails where it ends instead. */
    public ServerProcess awaitReady(Duration atMost) {
        Awaitility.await(name + ", see " + output)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (!isAlive()) {
                        throw new AssertionError(name + " ended: " + said());
                    }
                    return isReady();
                });
        return this;
    }

    public boolean isReady() {
        try {
            return isAlive() && readiness.isReady(said());
        } catch (Exception notYet) {
            return false;
        }
    }

    public boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** What it has written since its last start. */
    public String said() {
        return said(outputBefore);
    }

    /** What it has written since its first start. */
    public String saidEver() {
        return said(0);
    }

    private String said(long from) {
        try (SeekableByteChannel file = Files.newByteChannel(output)) {
            file.position(Math.min(from, file.size()));
            return new String(Channels.newInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}, as a power cut would end it. */
    public void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /** Asks it to end, as an operator does, and waits; fails where it does not end within a minute. */
    public void terminate() throws InterruptedException {
        running().destroy();
        if (!running().waitFor(ENDED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError(name + " did not end within " + ENDED_WITHIN + ": " + said());
        }
    }

    /** Makes it stand still, with its connections open. */
    public void suspend() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process kill =
                new ProcessBuilder("kill", signal, Long.toString(running().pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill " + signal + " of " + name + " failed");
        }
    }

    public ProcessHandle handle() {
        return running().toHandle();
    }

    private Process running() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return running;
    }

    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }
}
