package com.linbox.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A LINBOX of its own process, from the built jar, as an operator starts one. Its output goes to a file under
 * {@code target}. Its Netty buffers are tracked; a leak fails {@link #stop()}.
 */
public final class LinboxProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("LINBOX is ready.*");
    private static final Pattern CLIENTS = Pattern.compile("LINBOX is ready.*tcp://([^: ]+):(\\d+).*");
    private static final Pattern BACK_ENDS = Pattern.compile("LINBOX is ready.*rpc dubbo://([^: ]+):(\\d+).*");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String name;
    private final Process process;
    private final Path output;

    private LinboxProcess(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /**
     * Starts the jar and returns at once.
     *
     * @param name of the output's file
     * @param properties Spring properties for its command line
     */
    public static LinboxProcess start(String name, Map<String, String> properties) throws IOException {
        return start(name, properties, "-XX:TieredStopAtLevel=1", "-Dio.netty.leakDetection.level=paranoid");
    }

    /** Starts the jar as an operator would, so that it is as fast as it can be, and returns at once. */
    public static LinboxProcess startFast(String name, Map<String, String> properties) throws IOException {
        return start(name, properties, "-Dio.netty.leakDetection.level=disabled");
    }

    /** One that a test may start and end in every way, as fast as it is without the greater compiler. */
    public static ServerProcess notStarted(String name, Map<String, String> properties) throws IOException {
        return new ServerProcess(
                name,
                command(properties, "-XX:TieredStopAtLevel=1", "-Dio.netty.leakDetection.level=paranoid"),
                outputOf(name),
                said -> READY.matcher(said).find());
    }

    private static LinboxProcess start(String name, Map<String, String> properties, String... options)
            throws IOException {
        Path output = outputOf(name);
        Process process = new ProcessBuilder(command(properties, options))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new LinboxProcess(name, process, output);
    }

    private static Path outputOf(String name) throws IOException {
        return Files.createDirectories(Path.of("target", "processes")).resolve(name + "-" + System.nanoTime() + ".log");
    }

    private static List<String> command(Map<String, String> properties, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx300m", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", System.getProperty("linbox.jar", "target/linbox.jar")));
        properties.forEach((property, value) -> command.add("--" + property + "=" + value));
        return command;
    }

    /** Waits until the process says that it is ready. */
    public LinboxProcess awaitReady() {
        Awaitility.await(name + " is ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(name + " ended with " + process.exitValue() + ": " + output());
                    }
                    return READY.matcher(output()).find();
                });
        return this;
    }

    /** Where its gateway listens, from its ready line. */
    public InetSocketAddress clients() {
        return address(CLIENTS);
    }

    /** Where its rpc role listens, from its ready line. */
    public InetSocketAddress backEnds() {
        return address(BACK_ENDS);
    }

    private InetSocketAddress address(Pattern inReadyLine) {
        Matcher line = inReadyLine.matcher(output());
        if (!line.find()) {
            throw new AssertionError(name + " does not listen there: " + output());
        }
        return new InetSocketAddress(line.group(1), Integer.parseInt(line.group(2)));
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** @param signal such as {@code -STOP} */
    public void signal(String signal) throws IOException, InterruptedException {
        ServerProcess.signal(process, signal);
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends it like an operator would and waits; fails where it does not end by itself, or a buffer leaked. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(name + " did not end within a minute: " + output());
        }
        if (output().contains("LEAK: ")) {
            throw new AssertionError("A Netty buffer leaked in " + name + ": " + output());
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            stop();
        }
    }
}
