package com.linbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linbox.message.ErrorCode;
import com.linbox.protocol.IndependentClient;
import com.linbox.testing.WireClient;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTests {

    private static final IndependentClient V2 = IndependentClient.ofVersion2();

    private final MockTicker ticker = Ticker.newMockTicker();

    @Test
    void requestsOverTheBurstAreAnsweredWith429AndNotQueued() throws Exception {
        TestGateway gateway = new TestGateway("limits.request-rate", "10", "limits.request-burst", "3");
        TestChannel channel = signedIn(gateway, 7);

        assertThat(pull(channel, 5)).containsExactly("429", "429");
        assertThat(gateway.log.taken).hasValue(3);
        assertThat(gateway.count("linbox.gateway.requests.rejected", "cause", ErrorCode.TOO_FAST))
                .isEqualTo(2);

        ticker.advance(100, TimeUnit.MILLISECONDS);
        assertThat(pull(channel, 2)).as("one more after a tenth of a second").containsExactly("429");
        assertThat(gateway.log.taken).hasValue(4);
        channel.finishAndReleaseAll();
    }

    @Test
    void aUsersConnectionsShareTheUsersRequests() throws Exception {
        TestGateway gateway = new TestGateway("limits.request-rate", "10", "limits.request-burst", "3");
        TestChannel phone = signedIn(gateway, 7);
        TestChannel desktop = signedIn(gateway, 7);
        TestChannel somebodyElse = signedIn(gateway, 8);

        assertThat(pull(phone, 2)).isEmpty();
        assertThat(pull(desktop, 2)).containsExactly("429");
        assertThat(pull(somebodyElse, 8, 3)).isEmpty();
        for (TestChannel channel : List.of(phone, desktop, somebodyElse)) {
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void signingInAnewGivesNoNewRequests() throws Exception {
        TestGateway gateway = new TestGateway("limits.request-rate", "10", "limits.request-burst", "3");
        TestChannel first = signedIn(gateway, 7);
        pull(first, 3);
        first.close();
        TestChannel second = signedIn(gateway, 7);
        assertThat(pull(second, 1)).containsExactly("429");

        first.finishAndReleaseAll();
        second.finishAndReleaseAll();
    }

    @Test
    void aUsersBucketIsForgottenWhenTheUserIsGoneAndItIsFullAgain() {
        EmbeddedChannel executor = new EmbeddedChannel(EmbeddedChannel.builder().ticker(ticker)) {};
        UserBuckets buckets = new UserBuckets();
        TokenBucket bucket = buckets.acquire(7, ticker.nanoTime());
        assertThat(buckets.acquire(7, ticker.nanoTime())).isSameAs(bucket);
        for (int i = 0; i < 30; i++) {
            assertThat(bucket.tryTake(ticker.nanoTime(), 10, 30)).isTrue();
        }
        buckets.release(7, executor.eventLoop());
        ticker.advance(1, TimeUnit.SECONDS);
        buckets.release(7, executor.eventLoop());
        assertThat(buckets.size()).isEqualTo(1);
        for (int seconds = 0; seconds < 2; seconds++) {
            ticker.advance(2, TimeUnit.SECONDS);
            executor.runScheduledPendingTasks();
        }
        assertThat(buckets.size()).isZero();
        executor.finishAndReleaseAll();
    }

    @Test
    void whoKeepsAskingAfterARefusalIsClosedWithTheReason() throws Exception {
        TestGateway gateway =
                new TestGateway("limits.request-rate", "10", "limits.request-burst", "3", "limits.max-refused", "5");
        TestChannel channel = signedIn(gateway, 7);

        assertThat(pull(channel, 3 + 5)).hasSize(5).containsOnly("429");
        assertThat(channel.isOpen()).isTrue();
        channel.receive(V2, 7, pullRequest(7));
        List<IndependentClient.Decoded> last = channel.written(V2);
        assertThat(last).hasSize(1);
        assertThat(last.get(0).type()).isEqualTo(WireClient.OFFLINE_INFO);
        assertThat(last.get(0).json()).contains(RequestRateHandler.TOO_MANY);
        assertThat(channel.isOpen()).isFalse();
        assertThat(gateway.closed(CloseCause.TOO_MANY_REQUESTS)).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void whoAsksALittleTooOftenIsNeverClosed() throws Exception {
        TestGateway gateway =
                new TestGateway("limits.request-rate", "10", "limits.request-burst", "3", "limits.max-refused", "5");
        TestChannel channel = signedIn(gateway, 7);
        for (int i = 0; i < 1_000; i++) {
            pull(channel, 1);
            ticker.advance(60, TimeUnit.MILLISECONDS);
        }
        assertThat(channel.isOpen()).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    void aLimitCanBeChangedWhileConnectionsAreOpen() throws Exception {
        TestGateway gateway = new TestGateway("limits.request-rate", "10", "limits.request-burst", "3");
        TestChannel channel = signedIn(gateway, 7);
        assertThat(pull(channel, 4)).containsExactly("429");
        gateway.limits.set(new TestGateway("limits.request-rate", "0").limits.get());
        assertThat(pull(channel, 1_000)).isEmpty();
        channel.finishAndReleaseAll();
    }

    @Test
    void whoHasNotAskedToBeSignedInInTimeIsCutOff() {
        TestGateway gateway = new TestGateway("gateway.auth-timeout", "5s");
        TestChannel channel = connected(gateway);
        pass(Duration.ofMillis(4_999), channel);
        assertThat(channel.isOpen()).isTrue();
        pass(Duration.ofMillis(1), channel);
        pass(Duration.ofMillis(10), channel);
        assertThat(channel.isOpen()).isFalse();
        assertThat(gateway.closed(CloseCause.SIGN_IN_TOO_SLOW)).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void whatCameInTimeCountsAlsoWhereItIsReadLate() throws Exception {
        TestGateway gateway = new TestGateway("gateway.auth-timeout", "5s");
        TestChannel channel = connected(gateway);
        pass(Duration.ofSeconds(60), channel);
        channel.signIn(V2, 7);
        pass(Duration.ofSeconds(60), channel);
        assertThat(channel.written(V2)).as("the answer to the sign-in").hasSize(1);
        assertThat(channel.isOpen()).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    void whoHasAskedToBeSignedInIsNotCutOffForTheTimeTheAnswerTakes() throws Exception {
        TestGateway gateway = new TestGateway("gateway.auth-timeout", "5s");
        CompletableFuture<Boolean> admission = gateway.holdSignIns();
        TestChannel channel = connected(gateway).signIn(V2, 7);
        pass(Duration.ofSeconds(5), channel);
        pass(Duration.ofSeconds(55), channel);
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.written(V2)).isEmpty();

        admission.complete(true);
        assertThat(channel.written(V2)).as("the answer to the sign-in").hasSize(1);
        assertThat(gateway.closed(CloseCause.SIGN_IN_TOO_SLOW)).isZero();
        channel.finishAndReleaseAll();
    }

    private void pass(Duration time, TestChannel channel) {
        ticker.advance(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runPendingTasks();
    }

    private TestChannel connected(TestGateway gateway) {
        return TestChannel.between(gateway, ticker, TestChannel.LOOPBACK, TestChannel.LOOPBACK);
    }

    private TestChannel signedIn(TestGateway gateway, long user) throws Exception {
        TestChannel channel = connected(gateway).signIn(V2, user);
        assertThat(channel.written(V2)).hasSize(1);
        return channel;
    }

    /** Asks so often at once; gives the statuses of the answers that came at once. */
    private static List<String> pull(TestChannel channel, int times) throws Exception {
        return pull(channel, 7, times);
    }

    private static List<String> pull(TestChannel channel, long user, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            channel.receive(V2, 7, pullRequest(user));
        }
        List<String> statuses = new ArrayList<>();
        for (IndependentClient.Decoded answer : channel.written(V2)) {
            statuses.add(answer.json().replaceAll(".*\"status\":(\\d+).*", "$1"));
        }
        return statuses;
    }

    private static String pullRequest(long user) {
        return "{\"r_id\":1,\"user_id\":" + user + ",\"remote_id\":\"9\",\"type\":2}";
    }

    @Test
    void oneConnectionTooManyFromAnAddressIsClosedAtOnceAndOthersAreNot() {
        TestGateway gateway = new TestGateway("limits.connections-per-address", "2");
        TestChannel first = TestChannel.between(gateway, "192.0.2.7", "192.0.2.1");
        TestChannel second = TestChannel.between(gateway, "192.0.2.7", "192.0.2.1");
        TestChannel third = TestChannel.between(gateway, "192.0.2.7", "192.0.2.1");
        TestChannel other = TestChannel.between(gateway, "192.0.2.8", "192.0.2.1");
        assertThat(List.of(first.isOpen(), second.isOpen(), third.isOpen(), other.isOpen()))
                .containsExactly(true, true, false, true);
        assertThat(gateway.closed(CloseCause.TOO_MANY_FROM_ADDRESS)).isEqualTo(1);

        first.close();
        assertThat(TestChannel.between(gateway, "192.0.2.7", "192.0.2.1").isOpen())
                .as("the place of one that has gone")
                .isTrue();
        assertThat(gateway.open()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"2001:db8:0:1::8, false", "2001:db8:0:2::7, true"})
    void anIpv6NetworkCountsAsOneAddress(String second, boolean welcome) {
        TestGateway gateway = new TestGateway("limits.connections-per-address", "1");
        assertThat(TestChannel.between(gateway, "2001:db8:0:1::7", "2001:db8::1")
                        .isOpen())
                .isTrue();
        assertThat(TestChannel.between(gateway, second, "2001:db8::1").isOpen()).isEqualTo(welcome);
    }

    @Test
    void oneConnectionTooManyInTotalIsClosedAtOnce() {
        TestGateway gateway = new TestGateway("limits.connections", "2");
        TestChannel first = TestChannel.between(gateway, "192.0.2.1", "192.0.2.9");
        TestChannel.between(gateway, "192.0.2.2", "192.0.2.9");
        assertThat(TestChannel.between(gateway, "192.0.2.3", "192.0.2.9").isOpen())
                .isFalse();
        assertThat(gateway.closed(CloseCause.TOO_MANY_CONNECTIONS)).isEqualTo(1);
        first.close();
        assertThat(TestChannel.between(gateway, "192.0.2.4", "192.0.2.9").isOpen())
                .isTrue();
    }

    @Test
    void behindALoadBalancerTheClientsAddressCounts() {
        TestGateway gateway = new TestGateway("gateway.proxy-protocol", "true", "limits.connections-per-address", "1");
        assertThat(proxied(gateway, "192.0.2.7").isOpen()).isTrue();
        assertThat(proxied(gateway, "192.0.2.8").isOpen()).isTrue();
        assertThat(proxied(gateway, "192.0.2.7").isOpen()).isFalse();
        assertThat(gateway.closed(CloseCause.TOO_MANY_FROM_ADDRESS)).isEqualTo(1);
    }

    private static TestChannel proxied(TestGateway gateway, String client) {
        return TestChannel.between(gateway, "192.0.2.100", "192.0.2.1")
                .receive(("PROXY TCP4 " + client + " 192.0.2.1 40000 9502\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aHeaderOfPROXYVersion2IsReadAndTheSessionGoesOnAfterIt() throws Exception {
        TestGateway gateway = new TestGateway("gateway.proxy-protocol", "true");
        // Signature, version 2 and PROXY, TCP over IPv4, 12 bytes: 127.0.0.1 to 127.0.0.1, ports 40000 and 9502
        byte[] header = java.util.HexFormat.of()
                .parseHex(
                        "0d0a0d0a000d0a515549540a" + "21" + "11" + "000c" + "7f000001" + "7f000001" + "9c40" + "251e");
        TestChannel channel = TestChannel.onLoopback(gateway).receive(header).signIn(V2, 7);
        assertThat(channel.written(V2)).hasSize(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void aConnectionWithoutAPROXYHeaderIsClosed() {
        TestGateway gateway = new TestGateway("gateway.proxy-protocol", "true");
        // Longer than any header is; a shorter one would be waited for until the sign-in is too late.
        TestChannel channel = TestChannel.onLoopback(gateway)
                .receive(V2, 1, "{\"user_id\":\"7\",\"token\":\"" + "t".repeat(300) + "\"}");
        assertThat(channel.isOpen()).isFalse();
        assertThat(gateway.closed(CloseCause.BAD_PROXY_HEADER)).isEqualTo(1);
        assertThat(gateway.failures()).isZero();
        channel.finishAndReleaseAll();
    }

    @Test
    void nothingIsReadFromWhoFeedsACongestedLogUntilItHasCaughtUp() throws Exception {
        TestGateway gateway = new TestGateway();
        TestChannel feeding = signedIn(gateway, 7);
        TestChannel silent = signedIn(gateway, 8);
        gateway.log.setCongested(true);
        pull(feeding, 1);
        assertThat(feeding.config().isAutoRead()).isFalse();
        assertThat(silent.config().isAutoRead()).isTrue();
        assertThat(gateway.services.backpressure().held()).isEqualTo(1);

        gateway.log.setCongested(false);
        feeding.runPendingTasks();
        assertThat(feeding.config().isAutoRead()).isTrue();
        assertThat(gateway.services.backpressure().held()).isZero();
        feeding.finishAndReleaseAll();
        silent.finishAndReleaseAll();
    }

    @Test
    void aCongestionStopsAClientsSocketAndNothingIsLostOrReordered() throws Exception {
        int total = 50_000;
        try (TestGateway gateway = new TestGateway("limits.request-rate", "0").start();
                WireClient client = WireClient.ofVersion2(gateway.clients()).signedInAs(7)) {
            gateway.log.keepPulls();
            gateway.log.setCongested(true);
            Thread sender = new Thread(() -> send(client, total));
            sender.start();

            await().until(() -> gateway.services.backpressure().held() == 1);
            long taken = gateway.log.taken.get();
            // It may have been read already, up to one buffer of the socket.
            await().during(Duration.ofMillis(500)).untilAsserted(() -> assertThat(gateway.log.taken.get() - taken)
                    .isLessThan(3_000));
            assertThat(sender.isAlive()).as("TCP holds the sender up").isTrue();

            gateway.log.setCongested(false);
            await().atMost(Duration.ofSeconds(30)).until(() -> gateway.log.pulls.size() == total);
            sender.join();
            int number = 0;
            for (String pull : gateway.log.pulls) {
                assertThat(pull).startsWith("{\"r_id\":" + number++ + ",");
            }
        }
    }

    private static void send(WireClient client, int total) {
        String padding = "\"padding\":\"" + "x".repeat(300) + "\"}";
        try {
            for (int i = 0; i < total; i++) {
                client.send(7, "{\"r_id\":" + i + ",\"user_id\":7,\"remote_id\":9,\"type\":2," + padding);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aConnectionThatIsNotReadFromIsNotSilent() throws Exception {
        TestGateway gateway = new TestGateway("gateway.idle-timeout", "10s");
        TestChannel channel = signedIn(gateway, 7);
        gateway.log.setCongested(true);
        pull(channel, 1);
        ticker.advance(11, TimeUnit.SECONDS);
        sweep(gateway, channel);
        assertThat(channel.isOpen()).isTrue();

        gateway.log.setCongested(false);
        channel.runPendingTasks();
        ticker.advance(11, TimeUnit.SECONDS);
        sweep(gateway, channel);
        assertThat(channel.isOpen()).isFalse();
        assertThat(gateway.closed(CloseCause.IDLE)).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    private static void sweep(TestGateway gateway, TestChannel channel) {
        new ConnectionSweep(gateway.services).run();
        channel.runPendingTasks();
    }

    @Test
    void aConnectionThatEndsWhileHeldIsForgotten() throws Exception {
        TestGateway gateway = new TestGateway();
        TestChannel channel = signedIn(gateway, 7);
        gateway.log.setCongested(true);
        pull(channel, 1);
        channel.close();
        assertThat(gateway.services.backpressure().held()).isZero();
        channel.finishAndReleaseAll();
    }

    @Test
    void aClientThatDoesNotReadItsLastPacketIsClosedAllTheSame() throws Exception {
        try (TestGateway gateway = new TestGateway("limits.closing", "200ms").start();
                WireClient client = WireClient.ofVersion2(gateway.clients()).signedInAs(7)) {
            client.sendBytes(new byte[] {0, 9});
            await().until(() -> gateway.closed(CloseCause.UNKNOWN_VERSION) == 1);
            await().until(() -> gateway.open() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"max-queued, 1KB", "max-queued, 65MB", "closing, 0s", "closing, 61s"})
    void limitsThatMakeNoSenseAreRefusedByName(String name, String value) {
        assertThatThrownBy(() -> new TestGateway("limits." + name, value))
                .rootCause()
                .hasMessageStartingWith(name + ": ");
    }
}
