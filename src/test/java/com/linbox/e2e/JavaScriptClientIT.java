package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.linbox.embedded.LoopbackPorts;
import com.linbox.testing.LinboxProcess;
import com.linbox.testing.ServerProcess;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tests of linbox.js, which are in {@code src/test/js} and run in Node's own test runner, against the stand-alone server of this
 * build. Over a port of its own they can have the server killed, stopped and started.
 */
class JavaScriptClientIT {

    private static final Path TESTS = Path.of("src", "test", "js");
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration DONE_WITHIN = Duration.ofMinutes(5);

    private final int webSocket = LoopbackPorts.free();
    private final int rpc = LoopbackPorts.free();

    @TempDir
    Path data;

    /** What somebody may ask of a server while it is tested. */
    private interface Deed {
        void to(ServerProcess server) throws Exception;
    }

    private static final Map<String, Deed> DEEDS = Map.of(
            "/kill", ServerProcess::kill,
            "/stop", ServerProcess::terminate,
            "/start", server -> server.start().awaitReady(READY_WITHIN));

    @Test
    void everyTestOfTheJavaScriptClientPassesAgainstARealServer() throws Exception {
        assumeTrue(isThereNode(), "There is no node on the PATH: linbox.js is not tested");
        try (ServerProcess server = server().start().awaitReady(READY_WITHIN)) {
            HttpServer control = controlOf(server);
            try {
                assertThat(failures(control.getAddress())).isEmpty();
            } finally {
                control.stop(0);
            }
            server.terminate();
            LinboxProcess.requireNoLeak(server);
        }
    }

    private static boolean isThereNode() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }

    private ServerProcess server() throws IOException {
        return LinboxProcess.notStarted(
                "javascript-client",
                Map.of(
                        "linbox.data-dir", data.toString(),
                        "linbox.gateway.port", Integer.toString(LoopbackPorts.free()),
                        "linbox.gateway.ws.port", Integer.toString(webSocket),
                        "linbox.rpc.port", Integer.toString(rpc),
                        "server.port", "0",
                        // So that a stop asks the clients to leave.
                        "linbox.gateway.drain", "1s"));
    }

    private static HttpServer controlOf(ServerProcess server) throws IOException {
        HttpServer control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DEEDS.forEach((path, deed) -> control.createContext(path, exchange -> answer(exchange, server, deed)));
        control.start();
        return control;
    }

    private static void answer(HttpExchange exchange, ServerProcess server, Deed deed) throws IOException {
        try (exchange) {
            byte[] failure = new byte[0];
            try {
                deed.to(server);
            } catch (Exception | AssertionError e) {
                failure = e.toString().getBytes(StandardCharsets.UTF_8);
            }
            exchange.sendResponseHeaders(failure.length == 0 ? 200 : 500, failure.length == 0 ? -1 : failure.length);
            exchange.getResponseBody().write(failure);
        }
    }

    /** Runs Node's tests, printing what they say, and returns the names of those that fail. */
    private List<String> failures(InetSocketAddress control) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("node", "--test", "--test-concurrency=1", "--test-reporter=tap"));
        try (Stream<Path> files = Files.list(TESTS)) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".test.js"))
                    .sorted()
                    .forEach(command::add);
        }
        ProcessBuilder node = new ProcessBuilder(command).redirectErrorStream(true);
        node.environment().put("LINBOX_WS", "ws://127.0.0.1:" + webSocket + "/ws");
        node.environment().put("LINBOX_RPC", "http://127.0.0.1:" + rpc);
        node.environment().put("LINBOX_CONTROL", "http://127.0.0.1:" + control.getPort());
        Process tests = node.start();
        AtomicBoolean late = new AtomicBoolean();
        ScheduledExecutorService patience = Executors.newSingleThreadScheduledExecutor();
        patience.schedule(
                () -> {
                    late.set(true);
                    tests.descendants().forEach(ProcessHandle::destroyForcibly);
                    tests.destroyForcibly();
                },
                DONE_WITHIN.toSeconds(),
                TimeUnit.SECONDS);
        try {
            List<String> failures = new ArrayList<>();
            print(tests, failures);
            if (tests.waitFor() != 0 && failures.isEmpty()) {
                failures.add(late.get() ? "not done within " + DONE_WITHIN : "node ended with " + tests.exitValue());
            }
            return failures;
        } finally {
            patience.shutdownNow();
        }
    }

    private static void print(Process tests, List<String> failures) {
        try (BufferedReader said = tests.inputReader(StandardCharsets.UTF_8)) {
            said.lines().forEach(line -> {
                System.out.println(line);
                if (line.strip().startsWith("not ok ") && !line.contains("# TODO")) {
                    failures.add(line.strip());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
