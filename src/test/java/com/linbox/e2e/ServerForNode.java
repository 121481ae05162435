package com.linbox.e2e;

import com.linbox.embedded.LoopbackPorts;
import com.linbox.testing.LinboxProcess;
import com.linbox.testing.NodeTests;
import com.linbox.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A stand-alone server in front of which tests run that are written in JavaScript. Its ports stay the same when it is started anew,
 * and the tests are told of them in their environment.
 */
final class ServerForNode {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private final Map<String, String> environment;
    private final ServerProcess process;

    /** @param more properties, beside the ports and the data folder */
    ServerForNode(String name, Path data, Map<String, String> more) throws IOException {
        int http = LoopbackPorts.free();
        int webSocket = LoopbackPorts.free();
        int rpc = LoopbackPorts.free();
        environment = Map.of(
                "LINBOX_HTTP", "http://127.0.0.1:" + http,
                "LINBOX_WS", "ws://127.0.0.1:" + webSocket + "/ws",
                "LINBOX_RPC", "http://127.0.0.1:" + rpc);
        Map<String, String> properties = new HashMap<>(Map.of(
                "linbox.data-dir", data.toString(),
                "linbox.gateway.port", Integer.toString(LoopbackPorts.free()),
                "linbox.gateway.ws.port", Integer.toString(webSocket),
                "linbox.rpc.port", Integer.toString(rpc),
                "server.port", Integer.toString(http)));
        properties.putAll(more);
        process = LinboxProcess.notStarted(name, properties);
    }

    /** Returns when it is ready; whoever has started it closes it. */
    ServerProcess start() throws IOException {
        return process.start().awaitReady(READY_WITHIN);
    }

    /**
     * Runs tests against it.
     *
     * @param more what they are told beside its addresses
     * @return what fails, in a line each
     */
    List<String> failures(List<Path> tests, Map<String, String> more, Duration within)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return NodeTests.failures(tests, all, within);
    }

    /** Ends it like an operator would; fails where a buffer leaked. */
    void stop() throws InterruptedException {
        process.terminate();
        LinboxProcess.requireNoLeak(process);
    }
}
