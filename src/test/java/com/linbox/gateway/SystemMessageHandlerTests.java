package com.linbox.gateway;

import static com.linbox.testing.WireClient.SYSTEM_MESSAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.outbox.Delivery;
import com.linbox.protocol.IndependentClient;
import com.linbox.protocol.PacketType;
import com.linbox.testing.TestCertificates;
import com.linbox.testing.WireClient;
import com.linbox.tracing.Tracing;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How stored system messages get to a client, and when its device counts as having them. */
class SystemMessageHandlerTests {

    private static final IndependentClient V2 = IndependentClient.ofVersion2();
    private static final long USER = 7;
    private static final String DEVICE = "";

    private final MockTicker ticker = Ticker.newMockTicker();
    private final TestGateway gateway = new TestGateway("system-messages.confirm-after", "2s");
    private final TestSystemMessages messages = gateway.systemMessages;

    @Test
    void whatWasStoredComesAfterTheSignInInItsOrder() throws Exception {
        messages.store("one");
        messages.store("two");

        TestChannel channel = TestChannel.onLoopback(gateway).signIn(V2, USER);

        List<IndependentClient.Decoded> written = channel.written(V2);
        assertThat(written).extracting(IndependentClient.Decoded::type).containsExactly(2, 15, 15);
        assertThat(written.get(1).json())
                .isEqualTo("{\"system_type\":30,\"content\":\"one\",\"msg_id\":1,\"send_time\":1000}");
        assertThat(written.get(2).json()).contains("two");
        channel.finishAndReleaseAll();
    }

    @Test
    void whatIsStoredLaterComesWhenTheGatewayIsToldOfItAndNothingTwice() throws Exception {
        TestChannel channel = signedIn();
        messages.store("one");
        tell(channel);
        tell(channel);
        assertThat(contents(channel)).containsExactly("one");

        messages.store("two");
        messages.store("three");
        tell(channel);
        assertThat(contents(channel)).containsExactly("two", "three");
        channel.finishAndReleaseAll();
    }

    @Test
    void whatTheGatewayIsToldOfWhileItFetchesIsFetchedThenAndNotMeanwhile() throws Exception {
        messages.store("one");
        messages.hold();
        TestChannel channel = TestChannel.between(gateway, ticker, TestChannel.LOOPBACK, TestChannel.LOOPBACK)
                .signIn(V2, USER);
        messages.store("two");
        for (int i = 0; i < 10; i++) {
            tell(channel);
        }
        assertThat(messages.asked).isZero();

        messages.release();
        assertThat(contents(channel)).containsExactly("one", "two");
        // One read after the position, and one for all that it was told meanwhile.
        assertThat(messages.asked).isEqualTo(2);
        channel.finishAndReleaseAll();
    }

    @Test
    void manyComeInPartsAndWithoutAGap() throws Exception {
        int total = 2 * SystemMessageHandler.PART + 1;
        IntStream.rangeClosed(1, total).forEach(i -> messages.store("message " + i));

        TestChannel channel = signedIn();

        assertThat(contents(channel))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, total)
                        .mapToObj(i -> "message " + i)
                        .toList());
        assertThat(messages.asked).isEqualTo(3);
        channel.finishAndReleaseAll();
    }

    @Test
    void aDeviceThatWasNotHeardAfterwardsGetsThemAgain() throws Exception {
        messages.store("one");
        TestChannel broken = signedIn();
        assertThat(contents(broken)).containsExactly("one");
        ticker.advance(1, TimeUnit.MINUTES);
        broken.close();

        TestChannel again = signedIn();
        assertThat(contents(again)).containsExactly("one");
        broken.finishAndReleaseAll();
        again.finishAndReleaseAll();
    }

    @Test
    void aDeviceThatWasHeardAWhileLaterHasThem() throws Exception {
        messages.store("one");
        messages.store("two");
        TestChannel channel = signedIn();
        ticker.advance(2, TimeUnit.SECONDS);
        ping(channel);
        assertThat(messages.confirmed(DEVICE)).isEqualTo(2);
        ping(channel);
        assertThat(messages.confirmations).isEqualTo(1);

        messages.store("three");
        channel.close();
        TestChannel again = signedIn();
        assertThat(contents(again)).containsExactly("three");
        channel.finishAndReleaseAll();
        again.finishAndReleaseAll();
    }

    /** What it says then it may have said before they came. */
    @Test
    void aDeviceThatWasHeardAtOnceMayNotHaveThem() throws Exception {
        messages.store("one");
        TestChannel channel = signedIn();
        ticker.advance(1_999, TimeUnit.MILLISECONDS);
        ping(channel);
        assertThat(messages.confirmations).isZero();

        ticker.advance(1, TimeUnit.MILLISECONDS);
        ping(channel);
        assertThat(messages.confirmed(DEVICE)).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void whereMessagesNeverPauseTheOlderOnesCountAsHadAllTheSame() throws Exception {
        TestChannel channel = signedIn();
        for (int i = 0; i < 10; i++) {
            messages.store("message " + i);
            tell(channel);
            ping(channel);
            ticker.advance(1, TimeUnit.SECONDS);
        }
        assertThat(messages.confirmed(DEVICE)).isBetween(6L, 9L);
        channel.finishAndReleaseAll();
    }

    @Test
    void aRequestThatIsOneTooManyIsHeardToo() throws Exception {
        TestGateway strict = new TestGateway("limits.request-rate", "1", "limits.request-burst", "1");
        strict.systemMessages.store("one");
        TestChannel channel = TestChannel.between(strict, ticker, TestChannel.LOOPBACK, TestChannel.LOOPBACK)
                .signIn(V2, USER);
        channel.written(V2);
        ticker.advance(2, TimeUnit.SECONDS);
        // Both in the same instant: the second is answered with 429.
        ping(channel);
        strict.systemMessages.store("two");
        ping(channel);
        assertThat(strict.systemMessages.confirmed(DEVICE)).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void whileTheyCannotBeFetchedTheGatewayTriesOn() throws Exception {
        messages.store("one");
        messages.setAway(true);
        TestChannel channel = signedIn();
        assertThat(contents(channel)).isEmpty();

        messages.setAway(false);
        ticker.advance(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(contents(channel)).containsExactly("one");
        channel.finishAndReleaseAll();
    }

    @Test
    void aPositionThatCouldNotBeMovedIsMovedWithTheNextFrame() throws Exception {
        messages.store("one");
        TestChannel channel = signedIn();
        ticker.advance(2, TimeUnit.SECONDS);
        messages.setAway(true);
        ping(channel);
        assertThat(messages.confirmed(DEVICE)).isZero();

        messages.setAway(false);
        ping(channel);
        assertThat(messages.confirmed(DEVICE)).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void nothingIsFetchedForAConnectionThatHasEnded() throws Exception {
        messages.store("one");
        messages.hold();
        TestChannel channel = signedIn();
        channel.close();
        messages.release();
        channel.runPendingTasks();
        assertThat(contents(channel)).isEmpty();
        channel.finishAndReleaseAll();
    }

    /** Twenty-five times what may wait for a client, which is otherwise cut off. */
    @Test
    void aClientThatReadsSlowlyGetsAllOfThemAndIsNotCutOff(@TempDir Path folder) throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        certificates.renewServer("first");
        int total = 1_600;
        String content = "x".repeat(16_000);
        IntStream.rangeClosed(1, total).forEach(i -> messages.store(i + " " + content));
        try (TestGateway real = new TestGateway(
                                messages,
                                "gateway.tls.certificate",
                                certificates.certificateFile().toString(),
                                "gateway.tls.private-key",
                                certificates.keyFile().toString())
                        .start();
                WireClient plain = WireClient.ofVersion2(real.clients()).signedInAs(USER);
                WireClient secure = WireClient.overTls(real.tlsClients(), certificates.trusting(), "TLSv1.3")
                        .signedInAs(USER)) {
            awaitStandstill(real);
            assertThat(written(real)).isBetween(2.0, 2.0 * total - 2);
            for (WireClient client : List.of(plain, secure)) {
                for (int i = 1; i <= total; i++) {
                    JsonNode message = client.expect(SYSTEM_MESSAGE);
                    assertThat(message.path("msg_id").asInt()).isEqualTo(i);
                    assertThat(message.path("content").asString()).startsWith(i + " x");
                }
            }
            assertThat(real.closed(CloseCause.SLOW_READER)).isZero();
        }
    }

    /** Until the gateway fetches no more, its clients' sockets being full. */
    private void awaitStandstill(TestGateway of) {
        int[] asked = {0};
        await().until(() -> {
            int before = asked[0];
            asked[0] = messages.asked;
            return before == asked[0] && written(of) > 0;
        });
    }

    private static double written(TestGateway by) {
        return by.count("linbox.gateway.frames.out", "type", PacketType.SYSTEM_MESSAGE);
    }

    private TestChannel signedIn() throws Exception {
        return TestChannel.between(gateway, ticker, TestChannel.LOOPBACK, TestChannel.LOOPBACK)
                .signIn(V2, USER);
    }

    private void tell(TestChannel channel) {
        // Of all connections only this one is open.
        gateway.services.connections().all().stream()
                .filter(connection -> connection.channel() == channel)
                .forEach(connection -> new DeliveryDispatcher(
                                gateway.services.connections(),
                                gateway.services.meters(),
                                Tracing.OFF,
                                gateway.services.clock())
                        .accept(List.of(new Delivery.SystemMessagesStored(connection.id()))));
        channel.runPendingTasks();
    }

    private static void ping(TestChannel channel) {
        channel.receive(V2, 13, "{\"r_id\":1,\"user_id\":\"" + USER + "\"}");
        channel.runPendingTasks();
    }

    private static List<String> contents(TestChannel channel) throws Exception {
        return channel.written(V2).stream()
                .filter(packet -> packet.type() == SYSTEM_MESSAGE)
                .map(packet -> JsonMapper.shared()
                        .readTree(packet.json())
                        .path("content")
                        .asString())
                .toList();
    }
}
