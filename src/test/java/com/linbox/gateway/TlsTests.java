package com.linbox.gateway;

import static com.linbox.testing.WireClient.SEND;
import static com.linbox.testing.WireClient.SEND_RESPONSE;
import static com.linbox.testing.WireClient.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linbox.client.ClientListener;
import com.linbox.client.ClientSettings;
import com.linbox.client.ClientTls;
import com.linbox.client.ConnectionFailedException;
import com.linbox.client.LinboxClient;
import com.linbox.protocol.ProtocolVersion;
import com.linbox.testing.TcpProxy;
import com.linbox.testing.TestCertificates;
import com.linbox.testing.WireClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

class TlsTests {

    private static final String SECRET = "nobody on the way reads this";

    @TempDir
    private Path folder;

    private TestCertificates certificates;

    @BeforeEach
    void issueACertificate() throws Exception {
        certificates = new TestCertificates(folder);
        certificates.renewServer("first");
    }

    private TestGateway gateway(String... more) {
        String[] tls = {
            "gateway.tls.certificate", certificates.certificateFile().toString(),
            "gateway.tls.private-key", certificates.keyFile().toString(),
            "gateway.tls.client-ca", certificates.authorityFile().toString(),
            "gateway.auth-timeout", "20s"
        };
        String[] all = java.util.Arrays.copyOf(tls, tls.length + more.length);
        System.arraycopy(more, 0, all, tls.length, more.length);
        return new TestGateway(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aSessionOfVersion2GoesOverTls(String tlsVersion) throws Exception {
        try (TestGateway gateway = gateway().start();
                WireClient client = WireClient.overTls(gateway.tlsClients(), certificates.trusting(), tlsVersion)
                        .signedInAs(7)) {
            assertThat(client.say(7, 8, SECRET).path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void otherVersionsOfTlsAreRefused() throws Exception {
        try (TestGateway gateway = gateway().start();
                WireClient client = WireClient.overTls(gateway.tlsClients(), certificates.trusting(), "TLSv1.1")) {
            assertThatThrownBy(() -> client.signIn(7)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void nothingButTlsRecordsIsOnTheWire() throws Exception {
        try (TestGateway gateway = gateway().start();
                TcpProxy wire = new TcpProxy("127.0.0.1", gateway.tlsClients().getPort())) {
            wire.record();
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), wire.port());
            try (WireClient client = WireClient.overTls(address, certificates.trusting(), "TLSv1.3")
                    .signedInAs(4_200_004_200L)) {
                client.say(4_200_004_200L, 8, SECRET);
            }
            assertOnlyTlsRecords(wire.sentToTarget());
            assertOnlyTlsRecords(wire.sentFromTarget());
        }
    }

    /** RFC 8446, section 5.1: type, version 0x0301 or 0x0303, length, and so on to the end. */
    private static void assertOnlyTlsRecords(byte[] stream) {
        ByteBuffer in = ByteBuffer.wrap(stream);
        int records = 0;
        while (in.remaining() >= 5) {
            assertThat((int) in.get()).as("content type").isBetween(20, 23);
            assertThat((int) in.getShort()).as("version").isIn(0x0301, 0x0303);
            int length = Short.toUnsignedInt(in.getShort());
            assertThat(length).isBetween(1, (1 << 14) + 256);
            in.position(in.position() + Math.min(length, in.remaining()));
            records++;
        }
        assertThat(records).isGreaterThan(3);
        String text = new String(stream, StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain(SECRET).doesNotContain("4200004200").doesNotContain("user_id");
    }

    @Test
    void theJavaClientSpeaksVersion2OverTls() throws Exception {
        try (TestGateway gateway = gateway().start();
                LinboxClient client = client(gateway, ClientTls.trusting(certificates.authorityFile()))) {
            client.connect().get(20, TimeUnit.SECONDS);
            assertThat(client.send(8, "text/plain", SECRET)
                            .get(20, TimeUnit.SECONDS)
                            .msgId())
                    .isPositive();
        }
    }

    @Test
    void version1GoesOverTlsToo() throws Exception {
        try (TestGateway gateway = gateway().start();
                LinboxClient client = LinboxClient.create(
                        ClientSettings.of("127.0.0.1", gateway.tlsClients().getPort(), 7)
                                .requestTimeout(Duration.ofSeconds(1))
                                .tls(ClientTls.trusting(certificates.authorityFile()))
                                .build(),
                        new ClientListener() {})) {
            client.connect().get(20, TimeUnit.SECONDS);
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void theJavaClientRefusesAServerItDoesNotTrust() {
        try (TestGateway gateway = gateway().start();
                LinboxClient client = client(gateway, ClientTls.trustingSystem())) {
            assertThatThrownBy(() -> client.connect().join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ConnectionFailedException.class);
            assertThat(gateway.failures()).isZero();
        }
    }

    @Test
    void theJavaClientRefusesAnotherHostsCertificateUnlessToldOtherwise() throws Exception {
        certificates.renewServerForAnotherHost();
        ClientTls trust = ClientTls.trusting(certificates.authorityFile());
        try (TestGateway gateway = gateway().start();
                LinboxClient strict = client(gateway, trust);
                LinboxClient careless = client(gateway, trust.withoutHostnameVerification())) {
            assertThatThrownBy(() -> strict.connect().join()).hasCauseInstanceOf(ConnectionFailedException.class);
            careless.connect().get(20, TimeUnit.SECONDS);
        }
    }

    private static LinboxClient client(TestGateway gateway, ClientTls tls) {
        return LinboxClient.create(
                ClientSettings.of("127.0.0.1", gateway.tlsClients().getPort(), 7)
                        .requestTimeout(Duration.ofSeconds(1))
                        .version(ProtocolVersion.V2)
                        .tls(tls)
                        .build(),
                new ClientListener() {});
    }

    @Test
    void aPlainClientAtTheTlsPortIsClosed() throws Exception {
        try (TestGateway gateway = gateway().start();
                WireClient client = new WireClient(gateway.tlsClients())) {
            client.sendBytes(WireClient.staticFrame(1, "{\"user_id\":\"1\"}"));
            awaitClosed(gateway, CloseCause.TLS_FAILED);
            assertThat(gateway.failures()).isZero();
        }
    }

    @Test
    void aClientThatBeginsNoHandshakeIsClosedInTime() throws Exception {
        try (TestGateway gateway = gateway("gateway.auth-timeout", "200ms").start();
                WireClient client = new WireClient(gateway.tlsClients())) {
            assertThat(client.readToEnd()).isEmpty();
            await().until(() -> gateway.open() == 0);
            assertThat(gateway.failures()).isZero();
        }
    }

    @Test
    void theTlsPortIsAnnounced() {
        try (TestGateway gateway = gateway().start()) {
            await().until(() -> gateway.announced() != null);
            assertThat(gateway.announced().tlsPort())
                    .isEqualTo(gateway.tlsClients().getPort());
        }
    }

    @Test
    void aChangedCertificateServesNewConnectionsWithoutDisturbingOldOnes() throws Exception {
        try (TestGateway gateway = gateway("gateway.tls.reload", "20ms").start();
                WireClient before = WireClient.overTls(gateway.tlsClients(), certificates.trusting(), "TLSv1.3")
                        .signedInAs(7)) {
            certificates.renewServer("second");
            await().until(() -> gateway.count("linbox.gateway.tls.reloads", "outcome", GatewayMeters.Reload.DONE) == 1);

            try (WireClient after = WireClient.overTls(gateway.tlsClients(), certificates.trusting(), "TLSv1.3")
                    .signedInAs(8)) {
                assertThat(subject(before)).isEqualTo("CN=first");
                assertThat(subject(after)).isEqualTo("CN=second");
                assertThat(before.say(7, 8, "still here").path("status").asInt())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void aBrokenFileKeepsTheCertificateBeforeAndIsCountedOnce() throws Exception {
        try (TestGateway gateway = gateway().start()) {
            Files.writeString(certificates.certificateFile(), "-----BEGIN CERTIFICATE-----\nnone\n");
            gateway.tls().reload();
            gateway.tls().reload();
            assertThat(gateway.count("linbox.gateway.tls.reloads", "outcome", GatewayMeters.Reload.FAILED))
                    .isEqualTo(1);
            Files.delete(certificates.keyFile());
            gateway.tls().reload();
            gateway.tls().reload();
            assertThat(gateway.count("linbox.gateway.tls.reloads", "outcome", GatewayMeters.Reload.FAILED))
                    .isEqualTo(2);
            try (WireClient client = WireClient.overTls(gateway.tlsClients(), certificates.trusting(), "TLSv1.3")
                    .signedInAs(7)) {
                assertThat(subject(client)).isEqualTo("CN=first");
            }
            certificates.renewServer("second");
            gateway.tls().reload();
            assertThat(gateway.count("linbox.gateway.tls.reloads", "outcome", GatewayMeters.Reload.DONE))
                    .isEqualTo(1);
        }
    }

    private static String subject(WireClient client) throws Exception {
        return client.gatewayCertificate().getSubjectX500Principal().getName();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aRequiredClientCertificateIsRequired(String tlsVersion) throws Exception {
        try (TestGateway gateway =
                gateway("gateway.tls.client-certificates", "required").start()) {
            try (WireClient without = WireClient.overTls(gateway.tlsClients(), certificates.trusting(), tlsVersion)) {
                assertThatThrownBy(() -> without.signIn(7)).isInstanceOf(java.io.IOException.class);
            }
            awaitClosed(gateway, CloseCause.TLS_FAILED);
            try (WireClient with = WireClient.overTls(
                            gateway.tlsClients(), certificates.trustingWithCertificate(), tlsVersion)
                    .signedInAs(7)) {
                assertThat(with.say(7, 8, "hello").path("status").asInt()).isEqualTo(200);
            }
            assertThat(gateway.failures()).isZero();
        }
    }

    @Test
    void theJavaClientShowsACertificate() throws Exception {
        Path certificate = folder.resolve("client.pem");
        Path key = folder.resolve("client-key.pem");
        certificates.writeClient(certificate, key);
        try (TestGateway gateway =
                        gateway("gateway.tls.client-certificates", "required").start();
                LinboxClient client = client(
                        gateway,
                        ClientTls.trusting(certificates.authorityFile()).withCertificate(certificate, key))) {
            client.connect().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void anOptionalClientCertificateMayBeLeftOutButNotWrong() throws Exception {
        TestCertificates strangers = new TestCertificates(Files.createDirectory(folder.resolve("strangers")));
        Path certificate = folder.resolve("client.pem");
        Path key = folder.resolve("client-key.pem");
        strangers.writeClient(certificate, key);
        ClientTls trust = ClientTls.trusting(certificates.authorityFile());
        try (TestGateway gateway =
                        gateway("gateway.tls.client-certificates", "optional").start();
                LinboxClient none = client(gateway, trust);
                LinboxClient wrong = client(gateway, trust.withCertificate(certificate, key))) {
            none.connect().get(20, TimeUnit.SECONDS);
            assertThatThrownBy(() -> wrong.connect().join()).hasCauseInstanceOf(ConnectionFailedException.class);
        }
    }

    private static void awaitClosed(TestGateway gateway, CloseCause cause) {
        await().untilAsserted(() -> assertThat(gateway.closed(cause)).isEqualTo(1));
    }

    /** What can be wrong with the files, and the setting that is named. */
    enum Wrong {
        NO_CERTIFICATE("certificate", "there is no such file"),
        CERTIFICATE_IS_NONE("certificate", "it holds no certificates in PEM form"),
        KEY_IS_NONE("private-key", "it holds no private key in PEM form that is not encrypted"),
        KEY_OF_ANOTHER("private-key", "it is not the key of "),
        CA_IS_NONE("client-ca", "it holds no certificates in PEM form");

        final String setting;
        final String reason;

        Wrong(String setting, String reason) {
            this.setting = setting;
            this.reason = reason;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongFileStopsTheStartWithTheSettingsNameAndTheReason(Wrong wrong) throws Exception {
        switch (wrong) {
            case NO_CERTIFICATE -> Files.delete(certificates.certificateFile());
            case CERTIFICATE_IS_NONE -> Files.writeString(certificates.certificateFile(), "no PEM");
            case KEY_IS_NONE -> Files.writeString(certificates.keyFile(), "no PEM");
            case KEY_OF_ANOTHER -> {
                String key = Files.readString(certificates.keyFile());
                certificates.renewServer("second");
                Files.writeString(certificates.keyFile(), key);
            }
            case CA_IS_NONE -> Files.writeString(certificates.authorityFile(), "no PEM");
        }
        try (TestGateway gateway = gateway()) {
            assertThatThrownBy(gateway::start)
                    .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, e -> {
                        assertThat(e.getName()).isEqualTo("linbox.gateway.tls." + wrong.setting);
                        assertThat(e.getReason()).startsWith(wrong.reason);
                    });
        }
    }

    @Test
    void aCertificateWithoutAKeyIsRefused() {
        assertThatThrownBy(() -> new TestGateway("gateway.tls.certificate", "certificate.pem"))
                .rootCause()
                .hasMessage("private-key: missing (expected: beside certificate)");
    }

    @Test
    void clientCertificatesWithoutAnAuthorityAreRefused() {
        assertThatThrownBy(() -> new TestGateway("gateway.tls.client-certificates", "required"))
                .rootCause()
                .hasMessage("client-ca: missing (expected: where client-certificates is required)");
    }

    @Test
    void packetsLongerThanATlsRecordComeWhole() throws Exception {
        try (TestGateway gateway = gateway().start();
                WireClient client = WireClient.overTls(gateway.tlsClients(), certificates.trusting(), "TLSv1.3")
                        .signedInAs(7)) {
            client.send(SEND, message(7, 8, 1, "x".repeat(16_384)));
            assertThat(client.expect(SEND_RESPONSE).path("status").asInt()).isEqualTo(200);
        }
    }
}
