package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.client.ClientListener;
import com.linbox.client.ClientSettings;
import com.linbox.client.ClientTls;
import com.linbox.client.LinboxClient;
import com.linbox.message.Message;
import com.linbox.protocol.ProtocolVersion;
import com.linbox.testing.JarProcess;
import com.linbox.testing.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The jar with a certificate, as an operator starts it. */
class TlsStartIT {

    private static final Pattern TLS = Pattern.compile("tls://127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    private Path folder;

    private TestCertificates certificates;

    @BeforeEach
    void issueACertificate() throws Exception {
        certificates = new TestCertificates(folder);
        certificates.renewServer("localhost");
    }

    @Test
    void theReadyLineNamesTheTlsPortAndTwoUsersTalkThroughIt() throws Exception {
        try (JarProcess linbox = start()) {
            Matcher ready = TLS.matcher(linbox.awaitReady());
            assertThat(ready.find()).as(linbox.said()).isTrue();
            int port = Integer.parseInt(ready.group(1));
            ClientTls trust = ClientTls.trusting(certificates.authorityFile());
            List<String> received = new CopyOnWriteArrayList<>();
            try (LinboxClient alice = client(port, trust, 1001, new ClientListener() {});
                    LinboxClient bob = client(port, trust, 1002, new ClientListener() {
                        @Override
                        public void message(Message message) {
                            received.add(message.content());
                        }
                    })) {
                alice.connect().get(30, TimeUnit.SECONDS);
                bob.connect().get(30, TimeUnit.SECONDS);
                assertThat(alice.send(1002, "text/plain", "hello")
                                .get(30, TimeUnit.SECONDS)
                                .msgId())
                        .isEqualTo(1);
                await().untilAsserted(() -> assertThat(received).containsExactly("hello"));
            }
            await().untilAsserted(() -> assertThat(stopsInTheLog(linbox))
                    .contains("SEND_MSG_REQUEST goes to linbox.send", "stored as msg_id 1 of 1001_1002")
                    .anyMatch(stop -> stop.matches("written to connection \\d+ of user 1002")));
        }
    }

    /** What the log, whose lines are JSON, says of the one message of user 1001. */
    private static List<String> stopsInTheLog(JarProcess linbox) {
        return linbox.output().stream()
                .filter(line -> !line.startsWith("LINBOX "))
                .map(line -> JsonMapper.shared().readTree(line))
                .filter(line -> line.at("/linbox/request").asString("").startsWith("1001/"))
                .map(line -> line.path("message").asString())
                .toList();
    }

    @Test
    void aCertificateThatIsNoneStopsTheStartInOneLine() throws Exception {
        Files.writeString(certificates.certificateFile(), "nothing of the kind");
        try (JarProcess refused = start()) {
            assertThat(refused.awaitExit()).isEqualTo(1);
            assertThat(refused.errors()).hasSize(1);
            assertThat(refused.errors().get(0))
                    .contains("linbox.gateway.tls.certificate", "it holds no certificates in PEM form");
        }
    }

    private JarProcess start() throws Exception {
        return JarProcess.start(
                folder,
                "--linbox.gateway.port=0",
                "--linbox.gateway.ws.port=0",
                "--server.port=0",
                "--logging.structured.format.console=ecs",
                "--logging.level.com.linbox.tracing.Trail=debug",
                "--linbox.gateway.tls.port=0",
                "--linbox.gateway.tls.certificate=" + certificates.certificateFile(),
                "--linbox.gateway.tls.private-key=" + certificates.keyFile());
    }

    private static LinboxClient client(int port, ClientTls trust, long user, ClientListener listener) {
        return LinboxClient.create(
                ClientSettings.of("127.0.0.1", port, user)
                        .version(ProtocolVersion.V2)
                        .tls(trust)
                        .build(),
                listener);
    }
}
