package com.linbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linbox.rpc.api.GatewayService;
import com.linbox.testing.TestCertificates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Callers who prove by a certificate who they are, and those who do not. */
class RpcTlsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CALL = "/" + GatewayService.class.getName() + "/gateways";

    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    @TempDir
    private static Path folder;

    private static TestCertificates certificates;
    private static DubboProvider provider;

    @BeforeAll
    static void serve() throws Exception {
        certificates = new TestCertificates(folder);
        certificates.renewServer("localhost");
        RpcSettings settings = new Binder(new MapConfigurationPropertySource(Map.of(
                        "linbox.rpc.port", "0",
                        "linbox.rpc.tls.certificate", certificates.certificateFile(),
                        "linbox.rpc.tls.private-key", certificates.keyFile(),
                        "linbox.rpc.tls.client-ca", certificates.authorityFile())))
                .bindOrCreate("linbox.rpc", RpcSettings.class);
        DubboProvider.prepareJvm();
        provider = new DubboProvider(settings, new CallGate(settings, new RpcMeters(METERS, Set.of())));
        provider.export(List.of(new Service<>(GatewayService.class, new GatewayCalls(List::of), Map.of())));
    }

    @AfterAll
    static void stop() {
        if (provider != null) {
            provider.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallerWithACertificateOfTheAuthorityIsAnswered(HttpClient.Version version) throws Exception {
        HttpResponse<String> answer = call("https", certificates.trustingWithCertificate(), version);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"gateways\":[]");
    }

    @Test
    void aCallerWithoutACertificateGetsNoConnection() {
        double before = refusedByTls();
        assertThatThrownBy(() -> call("https", certificates.trusting(), HttpClient.Version.HTTP_2))
                .isInstanceOf(IOException.class);
        await().atMost(PATIENCE).until(() -> refusedByTls() > before);
    }

    @Test
    void aCallerWithoutTlsGetsNoConnection() {
        assertThatThrownBy(() -> call("http", certificates.trusting(), HttpClient.Version.HTTP_1_1))
                .isInstanceOf(IOException.class);
    }

    /** In the first two bytes nobody can see whether it is TLS. */
    @Test
    void aCallerWithoutTlsThatBeginsSlowlyGetsNoAnswerEither() throws Exception {
        byte[] request = ("POST " + CALL + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                        + "content-length: 2\r\n\r\n{}")
                .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket("127.0.0.1", provider.address().getPort())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request, 0, 2);
            socket.getOutputStream().flush();
            socket.getOutputStream().write(request, 2, request.length - 2);
            assertThat(answerOn(socket)).doesNotContain("HTTP/1.1 200", "gateways");
        }
    }

    private static double refusedByTls() {
        return METERS.get("linbox.rpc.callers")
                .tag("outcome", "refused_by_tls")
                .counter()
                .count();
    }

    private static String answerOn(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketException reset) {
            return "";
        }
    }

    private static HttpResponse<String> call(String scheme, SSLContext tls, HttpClient.Version version)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(scheme + "://127.0.0.1:" + provider.address().getPort() + CALL))
                .header("content-type", "application/json")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newBuilder().version(version).sslContext(tls).build().send(request, BodyHandlers.ofString());
    }
}
