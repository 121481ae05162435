package com.linbox.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A LINBOX of its own process, from the built jar, as an operator starts one. Its output goes to a file under
 * {@code target}. Its Netty buffers are tracked; a leak fails {@link #stop()}.
 */
public final class LinboxProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("LINBOX is ready.*");
    private static final Pattern CLIENTS = Pattern.compile("LINBOX is ready.*tcp://([^: ]+):(\\d+).*");
    private static final Pattern BACK_ENDS = Pattern.compile("LINBOX is ready.*rpc dubbo://([^: ]+):(\\d+).*");
    private static final Pattern HTTP = Pattern.compile("LINBOX is ready.*http http://([^: ]+):(\\d+).*");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ServerProcess process;

    private LinboxProcess(ServerProcess process) {
        this.process = process;
    }

    /**
     * Starts the jar and returns at once.
     *
     * @param name of the output's file
     * @param properties Spring properties for its command line
     */
    public static LinboxProcess start(String name, Map<String, String> properties) throws IOException {
        return new LinboxProcess(notStarted(name, properties).start());
    }

    /** Starts the jar as an operator would, so that it is as fast as it can be, and returns at once. */
    public static LinboxProcess startFast(String name, Map<String, String> properties) throws IOException {
        return new LinboxProcess(process(name, command(properties, "-Dio.netty.leakDetection.level=disabled"))
                .start());
    }

    /** One that a test may start and end in every way, as fast as it is without the greater compiler. */
    public static ServerProcess notStarted(String name, Map<String, String> properties) throws IOException {
        return process(name, command(properties, "-XX:TieredStopAtLevel=1", "-Dio.netty.leakDetection.level=paranoid"));
    }

    /** One as an operator runs it, with the options for its JVM that he gives it, not started. */
    public static ServerProcess operated(String name, Map<String, String> properties, String... jvmOptions)
            throws IOException {
        return process(name, command(List.of(jvmOptions), properties));
    }

    private static ServerProcess process(String name, List<String> command) throws IOException {
        Path output = Files.createDirectories(Path.of("target", "processes"))
                .resolve(name + "-" + System.nanoTime() + ".log");
        return new ServerProcess(
                name, command, output, said -> READY.matcher(said).find());
    }

    private static List<String> command(Map<String, String> properties, String... options) {
        List<String> jvmOptions = new ArrayList<>(List.of("-Xmx300m", "-XX:+UseSerialGC"));
        jvmOptions.addAll(List.of(options));
        return command(jvmOptions, properties);
    }

    private static List<String> command(List<String> jvmOptions, Map<String, String> properties) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", System.getProperty("linbox.jar", "target/linbox.jar")));
        properties.forEach((property, value) -> command.add("--" + property + "=" + value));
        return command;
    }

    /** Waits until the process says that it is ready. */
    public LinboxProcess awaitReady() {
        process.awaitReady(PATIENCE);
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

    /** Where its Actuator listens, from its ready line. */
    public InetSocketAddress http() {
        return address(HTTP);
    }

    private InetSocketAddress address(Pattern inReadyLine) {
        Matcher line = inReadyLine.matcher(output());
        if (!line.find()) {
            throw new AssertionError(process.name() + " does not listen there: " + output());
        }
        return new InetSocketAddress(line.group(1), Integer.parseInt(line.group(2)));
    }

    public String output() {
        return process.said();
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Makes it stand still, with its connections open. */
    public void suspend() throws IOException, InterruptedException {
        process.suspend();
    }

    public void resume() throws IOException, InterruptedException {
        process.resume();
    }

    public ProcessHandle handle() {
        return process.handle();
    }

    /** Ends it like an operator would and waits; fails where it does not end by itself, or a buffer leaked. */
    public void stop() throws InterruptedException {
        process.terminate();
        requireNoLeak(process);
    }

    /** Fails where a LINBOX has said, now or before it was started anew, that a buffer leaked. */
    public static void requireNoLeak(ServerProcess process) {
        String said = process.saidEver();
        if (said.contains("LEAK: ")) {
            throw new AssertionError("A Netty buffer leaked in " + process.name() + ": " + said);
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            stop();
        }
    }
}
