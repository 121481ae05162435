package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.linbox.embedded.LoopbackPorts;
import com.linbox.testing.LinboxProcess;
import com.linbox.testing.NodeTests;
import com.linbox.testing.Programs;
import com.linbox.testing.ServerControl;
import com.linbox.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    @Test
    void everyTestOfTheJavaScriptClientPassesAgainstARealServer() throws Exception {
        assumeTrue(Programs.isThere("node"), "There is no node on the PATH: linbox.js is not tested");
        try (ServerProcess server = server().start().awaitReady(READY_WITHIN);
                ServerControl control = new ServerControl(server)) {
            assertThat(NodeTests.failures(
                            tests(),
                            Map.of(
                                    "LINBOX_WS", "ws://127.0.0.1:" + webSocket + "/ws",
                                    "LINBOX_RPC", "http://127.0.0.1:" + rpc,
                                    "LINBOX_CONTROL", control.uri().toString()),
                            DONE_WITHIN))
                    .isEmpty();
            server.terminate();
            LinboxProcess.requireNoLeak(server);
        }
    }

    private static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".test.js"))
                    .sorted()
                    .toList();
        }
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
}
