package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.embedded.LoopbackPorts;
import com.linbox.testing.Browser;
import com.linbox.testing.ServerProcess;
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

    private static final Duration DONE_WITHIN = Duration.ofMinutes(6);
    private static final Pattern PRINTED = Pattern.compile("LINBOX console: (http://\\S+)/console, secret (\\S+) ");

    private final int webhook = LoopbackPorts.free();

    @TempDir
    Path data;

    @BeforeEach
    void thereIsABrowser() {
        Browser.require();
    }

    @Test
    void everyViewOfTheConsoleWorksInABrowser() throws Exception {
        var forNode = new ServerForNode(
                "console",
                data,
                Map.of(
                        // Nobody listens there until a test does.
                        "linbox.push.webhook.url",
                        "http://127.0.0.1:" + webhook + "/push",
                        "linbox.push.webhook.secret",
                        "0123456789abcdef"));
        try (ServerProcess server = forNode.start()) {
            Matcher printed = printed(server);
            assertThat(forNode.failures(
                            List.of(Browser.TESTS.resolve("console.test.mjs")),
                            Map.of(
                                    "LINBOX_HTTP", printed.group(1),
                                    "LINBOX_CONSOLE_SECRET", printed.group(2),
                                    "LINBOX_WEBHOOK_PORT", Integer.toString(webhook)),
                            DONE_WITHIN))
                    .isEmpty();
            forNode.stop();
            assertThat(server.said())
                    .containsOnlyOnce(printed.group(2))
                    .contains("\"action\":\"setting_changed\"", "\"action\":\"dead_letter_replayed\"");
        }
    }

    /** After the line by which it is ready. */
    private static Matcher printed(ServerProcess server) {
        return Awaitility.await().until(() -> PRINTED.matcher(server.said()), Matcher::find);
    }
}
