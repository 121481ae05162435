package com.linbox.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * LINBOX as a new user runs it: {@code java -jar} with the jar of this build and nothing else, in a folder of its own, its
 * two output streams kept apart.
 */
public final class JarProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> outputRead;
    private final CompletableFuture<Void> errorsRead;

    private JarProcess(Process process) {
        this.process = process;
        outputRead = CompletableFuture.runAsync(() -> read(process.getInputStream(), output), this::thread);
        errorsRead = CompletableFuture.runAsync(() -> read(process.getErrorStream(), errors), this::thread);
    }

    /** Starts it in {@code folder}; arguments that begin with {@code -D} or {@code -X} go to the JVM. */
    public static JarProcess start(Path folder, String... arguments) throws IOException {
        return start(Path.of(System.getProperty("linbox.jar")), folder, arguments);
    }

    /** Starts another copy of the jar. */
    public static JarProcess start(Path jar, Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Arrays.stream(arguments).filter(JarProcess::isForJvm).forEach(command::add);
        // What these tests wait for is starts, which the greater compiler and collector only make longer.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar.toString()));
        Arrays.stream(arguments).filter(argument -> !isForJvm(argument)).forEach(command::add);
        return new JarProcess(
                new ProcessBuilder(command).directory(folder.toFile()).start());
    }

    private static boolean isForJvm(String argument) {
        return argument.startsWith("-D") || argument.startsWith("-X");
    }

    private void read(InputStream stream, List<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (line.startsWith("LINBOX is ready")) {
                    ready.complete(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ready.completeExceptionally(new IllegalStateException("LINBOX is not ready, it said:\n" + said()));
        }
    }

    private void thread(Runnable task) {
        Thread thread = new Thread(task, "linbox-" + process.pid());
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the line by which LINBOX says that it is ready, and returns it. */
    public String awaitReady() throws Exception {
        return ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits for the end of the process and returns its exit code. */
    public int awaitExit() throws Exception {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running, having said:\n" + said());
        }
        outputRead.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        errorsRead.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return process.exitValue();
    }

    /** What it has written to its standard output so far. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** What it has written to its standard error stream so far. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** All of that in one text, for messages. */
    public String said() {
        return String.join("\n", output) + "\n" + String.join("\n", errors);
    }

    /** Asks it to end, as Ctrl-C and service managers do. */
    public void terminate() {
        // Not Process.destroy, which closes the streams that are still to be read.
        process.toHandle().destroy();
    }

    /** {@code kill -9}. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** The processes it has started and that run. */
    public Stream<ProcessHandle> children() {
        return process.descendants();
    }

    /** Ends it if it still runs. */
    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
