package com.linbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.client.ClientListener;
import com.linbox.client.ClientSettings;
import com.linbox.client.LinboxClient;
import com.linbox.protocol.IndependentClient;
import com.linbox.protocol.ProtocolVersion;
import com.linbox.testing.WireClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTests {

    private static final IndependentClient V1 = IndependentClient.withPassPhrase("medtree-im-passw");
    private static final IndependentClient V2 = IndependentClient.ofVersion2();

    @Test
    void aPlainSessionOfVersion2OnLoopbackIsAnsweredInVersion2() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                WireClient client = WireClient.ofVersion2(gateway.clients()).signedInAs(7)) {
            assertThat(client.say(7, 8, "hello").path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void theJavaClientSpeaksPlainVersion2OnLoopback() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                LinboxClient client = LinboxClient.create(
                        ClientSettings.of("127.0.0.1", gateway.clients().getPort(), 7)
                                .version(ProtocolVersion.V2)
                                .requestTimeout(Duration.ofSeconds(1))
                                .build(),
                        new ClientListener() {})) {
            client.connect().get(20, TimeUnit.SECONDS);
            assertThat(client.send(8, "text/plain", "hello")
                            .get(20, TimeUnit.SECONDS)
                            .msgId())
                    .isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.1",
        "192.0.2.7, 127.0.0.1",
        "127.0.0.1, 192.0.2.1",
        "2001:db8::7, 2001:db8::1",
        "2001:db8::7, ::1"
    })
    void plainVersion2IsRefusedUnlessBothEndsAreLoopback(String client, String server) throws Exception {
        TestGateway gateway = new TestGateway();
        TestChannel channel = TestChannel.between(gateway, client, server).signIn(V2, 7);
        assertThat(channel.written(V2)).as("a stranger is told nothing").isEmpty();
        assertThat(channel.isOpen()).isFalse();
        assertThat(gateway.closed(CloseCause.V2_WITHOUT_TLS)).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "127.0.0.2, 127.0.0.1", "::1, ::1"})
    void plainVersion2IsServedWhereBothEndsAreLoopback(String client, String server) throws Exception {
        TestChannel channel =
                TestChannel.between(new TestGateway(), client, server).signIn(V2, 7);
        List<IndependentClient.Decoded> answers = channel.written(V2);
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).version()).isEqualTo(2);
        assertThat(answers.get(0).json()).contains("\"status\":200");
        channel.finishAndReleaseAll();
    }

    @Test
    void plainVersion2ThroughALoadBalancerOnThisMachineIsRefused() throws Exception {
        TestGateway gateway = new TestGateway("gateway.proxy-protocol", "true");
        TestChannel channel = TestChannel.onLoopback(gateway)
                .receive("PROXY TCP4 192.0.2.7 192.0.2.1 40000 9502\r\n".getBytes(StandardCharsets.US_ASCII))
                .signIn(V2, 7);
        assertThat(channel.isOpen()).isFalse();
        assertThat(gateway.closed(CloseCause.V2_WITHOUT_TLS)).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void version1CanBeSwitchedOff() throws Exception {
        TestGateway gateway = new TestGateway("gateway.v1", "false");
        TestChannel old = TestChannel.onLoopback(gateway).signIn(V1, 7);
        assertThat(old.written(V1)).isEmpty();
        assertThat(old.isOpen()).isFalse();
        assertThat(gateway.closed(CloseCause.V1_SWITCHED_OFF)).isEqualTo(1);
        TestChannel recent = TestChannel.onLoopback(gateway).signIn(V2, 7);
        assertThat(recent.written(V2)).hasSize(1);
        old.finishAndReleaseAll();
        recent.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aLaterFrameOfAnotherVersionClosesTheConnectionWithAReasonInTheFirstOnesVersion(int first) throws Exception {
        IndependentClient one = first == 1 ? V1 : V2;
        IndependentClient other = first == 1 ? V2 : V1;
        TestGateway gateway = new TestGateway();
        TestChannel channel = TestChannel.onLoopback(gateway).signIn(one, 7);
        channel.written(one);

        channel.receive(other, 13, "{\"r_id\":3,\"user_id\":\"7\"}");

        List<IndependentClient.Decoded> answers = channel.written(one);
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).type()).isEqualTo(WireClient.OFFLINE_INFO);
        assertThat(answers.get(0).json()).contains("version: " + (3 - first) + " (expected: " + first + ")");
        assertThat(channel.isOpen()).isFalse();
        assertThat(gateway.closed(CloseCause.UNKNOWN_VERSION)).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void version2TakesNoEncryptedContent() throws GeneralSecurityException {
        TestGateway gateway = new TestGateway();
        byte[] frame = V1.encode(1, "{\"user_id\":\"7\"}");
        frame[1] = 2;
        TestChannel channel = TestChannel.onLoopback(gateway).receive(frame);
        List<IndependentClient.Decoded> answers = channel.written(V2);
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).json()).contains("\"status\":400");
        assertThat(channel.isOpen()).isFalse();
        channel.finishAndReleaseAll();
    }
}
