package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.embedded.LoopbackPorts;
import com.linbox.testing.Browser;
import com.linbox.testing.LinboxProcess;
import com.linbox.testing.NodeTests;
import com.linbox.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console as an operator meets it: Chromium, in front of the stand-alone server of this build, with the secret that it has printed.
 * What the operator does is in {@code src/test/browser/console.test.mjs}.
 */
class ConsoleIT {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration DONE_WITHIN = Duration.ofMinutes(6);
    private static final Pattern PRINTED = Pattern.compile("LINBOX console: (http://\\S+)/console, secret (\\S+) ");

    private final int webSocket = LoopbackPorts.free();
    private final int rpc = LoopbackPorts.free();
    private final int webhook = LoopbackPorts.free();

    @TempDir
    Path data;

    @BeforeEach
    void thereIsABrowser() {
        Browser.require();
    }

    @Test
    void everyViewOfTheConsoleWorksInABrowser() throws Exception {
        try (ServerProcess server = server().start().awaitReady(READY_WITHIN)) {
            Matcher printed = printed(server);
            assertThat(NodeTests.failures(
                            List.of(Browser.TESTS.resolve("console.test.mjs")),
                            Map.of(
                                    "LINBOX_HTTP", printed.group(1),
                                    "LINBOX_CONSOLE_SECRET", printed.group(2),
                                    "LINBOX_WS", "ws://127.0.0.1:" + webSocket + "/ws",
                                    "LINBOX_RPC", "http://127.0.0.1:" + rpc,
                                    "LINBOX_WEBHOOK_PORT", Integer.toString(webhook)),
                            DONE_WITHIN))
                    .isEmpty();
            server.terminate();
            LinboxProcess.requireNoLeak(server);
            assertThat(server.said())
                    .containsOnlyOnce(printed.group(2))
                    .contains("\"action\":\"setting_changed\"", "\"action\":\"dead_letter_replayed\"");
        }
    }

    /** After the line by which it is ready. */
    private static Matcher printed(ServerProcess server) {
        return Awaitility.await().until(() -> PRINTED.matcher(server.said()), Matcher::find);
    }

    private ServerProcess server() throws IOException {
        return LinboxProcess.notStarted(
                "console",
                Map.of(
                        "linbox.data-dir", data.toString(),
                        "linbox.gateway.port", Integer.toString(LoopbackPorts.free()),
                        "linbox.gateway.ws.port", Integer.toString(webSocket),
                        "linbox.rpc.port", Integer.toString(rpc),
                        "server.port", "0",
                        // Nobody listens there until a test does.
                        "linbox.push.webhook.url", "http://127.0.0.1:" + webhook + "/push",
                        "linbox.push.webhook.secret", "0123456789abcdef"));
    }
}
