package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    private static final Duration DONE_WITHIN = Duration.ofMinutes(5);

    @TempDir
    Path data;

    @Test
    void everyTestOfTheJavaScriptClientPassesAgainstARealServer() throws Exception {
        assumeTrue(Programs.isThere("node"), "There is no node on the PATH: linbox.js is not tested");
        // So that a stop asks the clients to leave.
        var forNode = new ServerForNode("javascript-client", data, Map.of("linbox.gateway.drain", "1s"));
        try (ServerProcess server = forNode.start();
                ServerControl control = new ServerControl(server)) {
            assertThat(forNode.failures(
                            tests(), Map.of("LINBOX_CONTROL", control.uri().toString()), DONE_WITHIN))
                    .isEmpty();
            forNode.stop();
        }
    }

    private static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".test.js"))
                    .sorted()
                    .toList();
        }
    }
}
