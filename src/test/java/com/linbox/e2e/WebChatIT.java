package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.embedded.LoopbackPorts;
import com.linbox.testing.Browser;
import com.linbox.testing.LinboxProcess;
import com.linbox.testing.NodeTests;
import com.linbox.testing.ServerControl;
import com.linbox.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The web chat as people meet it: windows of Chromium, in front of the stand-alone server of this build. What they do in it is in
 * {@code src/test/browser/chat.test.mjs}.
 */
class WebChatIT {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration DONE_WITHIN = Duration.ofMinutes(8);

    private final int http = LoopbackPorts.free();
    private final int webSocket = LoopbackPorts.free();
    private final int rpc = LoopbackPorts.free();

    @TempDir
    Path data;

    @BeforeEach
    void thereIsABrowser() {
        Browser.require();
    }

    @Test
    void everythingThatPeopleDoInTheWebChatWorksInABrowser() throws Exception {
        try (ServerProcess server = server().start().awaitReady(READY_WITHIN);
                ServerControl control = new ServerControl(server)) {
            assertThat(NodeTests.failures(
                            List.of(Browser.TESTS.resolve("chat.test.mjs")),
                            Map.of(
                                    "LINBOX_HTTP", "http://127.0.0.1:" + http,
                                    "LINBOX_WS", "ws://127.0.0.1:" + webSocket + "/ws",
                                    "LINBOX_RPC", "http://127.0.0.1:" + rpc,
                                    "LINBOX_CONTROL", control.uri().toString()),
                            DONE_WITHIN))
                    .isEmpty();
            server.terminate();
            LinboxProcess.requireNoLeak(server);
        }
    }

    private ServerProcess server() throws IOException {
        return LinboxProcess.notStarted(
                "web-chat",
                Map.of(
                        "linbox.data-dir", data.toString(),
                        "linbox.gateway.port", Integer.toString(LoopbackPorts.free()),
                        "linbox.gateway.ws.port", Integer.toString(webSocket),
                        "linbox.rpc.port", Integer.toString(rpc),
                        "server.port", Integer.toString(http),
                        // The tests write faster than people do.
                        "linbox.limits.request-rate", "0"));
    }
}
