package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.testing.Browser;
import com.linbox.testing.ServerControl;
import com.linbox.testing.ServerProcess;
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

    private static final Duration DONE_WITHIN = Duration.ofMinutes(8);

    @TempDir
    Path data;

    @BeforeEach
    void thereIsABrowser() {
        Browser.require();
    }

    @Test
    void everythingThatPeopleDoInTheWebChatWorksInABrowser() throws Exception {
        // The tests write faster than people do.
        var forNode = new ServerForNode("web-chat", data, Map.of("linbox.limits.request-rate", "0"));
        try (ServerProcess server = forNode.start();
                ServerControl control = new ServerControl(server)) {
            assertThat(forNode.failures(
                            List.of(Browser.TESTS.resolve("chat.test.mjs")),
                            Map.of("LINBOX_CONTROL", control.uri().toString()),
                            DONE_WITHIN))
                    .isEmpty();
            forNode.stop();
        }
    }
}
