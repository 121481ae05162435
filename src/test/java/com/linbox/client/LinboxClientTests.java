package com.linbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.linbox.message.Conversation;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class LinboxClientTests {

    private static final long ALICE = 1001;
    private static final long BOB = 1002;
    private static final Conversation WITH_BOB = new Conversation.Session(ALICE, BOB);
    private static final String TEXT = "text/plain";

    private static EventLoopGroup loops;

    private final RecordingListener heard = new RecordingListener();
    private final List<LinboxClient> clients = new ArrayList<>();
    private TestServer server;

    @BeforeAll
    static void startLoops() {
        loops = ClientEventLoops.create(1);
    }

    @AfterAll
    static void stopLoops() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @BeforeEach
    void startServer() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void stop() throws IOException {
        clients.forEach(LinboxClient::close);
        server.close();
    }

    private LinboxClient client(ClientSettings.Builder settings) {
        LinboxClient client = LinboxClient.create(settings.build(), heard, loops);
        clients.add(client);
        return client;
    }

    private LinboxClient alice() {
        LinboxClient client = client(server.settings(ALICE).requestTimeout(Duration.ofMillis(400)));
        client.connect().join();
        return client;
    }

    private static <T extends Throwable> T failureOf(CompletableFuture<?> future, Class<T> type) {
        var thrown = catchThrowableOfType(CompletionException.class, future::join);
        assertThat(thrown).isNotNull();
        assertThat(thrown.getCause()).isInstanceOf(type);
        return type.cast(thrown.getCause());
    }

    // Signing in

    @Test
    void aSignInCarriesUserTokenAndDevice() {
        client(server.settings(ALICE).device("iphone")).connect().join();

        var request = server.received(1).get(0);
        assertThat(request.get("user_id").asString()).isEqualTo("1001");
        assertThat(request.get("token").asString()).isEqualTo("t0k3n");
        assertThat(request.get("device").asString()).isEqualTo("iphone");
        assertThat(request.get("ip").asString()).isEqualTo("127.0.0.1");
    }

    @Test
    void aRefusedSignInSaysStatusAndTextAndIsNotRepeated() {
        server.signInStatus = 401;

        var refused = failureOf(client(server.settings(ALICE)).connect(), RefusedException.class);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text()).isEqualTo("User is not certified");
        assertThat(server.received(1)).hasSize(1);
    }

    @Test
    void afterARefusalTheSameClientMayTryAgain() {
        server.signInStatus = 503;
        LinboxClient client = client(server.settings(ALICE));
        failureOf(client.connect(), RefusedException.class);
        server.signInStatus = 200;

        client.connect().join();

        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void aServerThatIsNotThereFailsTheSignInWithItsAddress() throws IOException {
        try (Unreachable nobody = new Unreachable()) {
            var settings = ClientSettings.of("127.0.0.1", nobody.port(), ALICE);

            var failed = failureOf(client(settings).connect(), ConnectionFailedException.class);

            assertThat(failed)
                    .hasMessageContaining("cannot connect to 127.0.0.1:" + nobody.port())
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void aServerThatSaysNothingFailsTheSignInInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var settings =
                    ClientSettings.of("127.0.0.1", silent.getLocalPort(), ALICE).connectTimeout(Duration.ofMillis(200));

            assertThat(failureOf(client(settings).connect(), ConnectionFailedException.class))
                    .hasMessageContaining("did not answer the sign-in");
        }
    }

    @Test
    void somethingElseThanALinboxServerFailsTheSignIn() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> {
                try (var socket = other.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });

            assertThat(failureOf(
                            client(ClientSettings.of("127.0.0.1", other.getLocalPort(), ALICE))
                                    .connect(),
                            ConnectionFailedException.class))
                    .hasMessageContaining("not a LINBOX server");
        }
    }

    @Test
    void withAKeyOfItsOwnEverythingAfterTheSignInIsEncryptedWithThat() {
        String key = "q83vEjRWeJCrze8SNFZ4kA==";
        server.dynamicKeys.put(ALICE, key);
        LinboxClient client = client(server.settings(ALICE).contentKey(key));
        client.connect().join();

        // The server reads with that key only, and closes over anything else.
        assertThat(client.send(BOB, TEXT, "你好 😀").join().msgId()).isEqualTo(1);
        server.say(BOB, ALICE, "secret");
        await().untilAsserted(() -> assertThat(heard.contents()).containsExactly("secret"));
    }

    @Test
    void aRefusalInTheInstallationsKeyIsUnderstoodByAClientWithItsOwn() {
        server.signInStatus = 401;
        var settings = server.settings(ALICE).contentKey("q83vEjRWeJCrze8SNFZ4kA==");

        assertThat(failureOf(client(settings).connect(), RefusedException.class).status())
                .isEqualTo(401);
    }

    @Test
    void aServerThatSignsInButKnowsNothingYetDoesNotHoldUpTheSignInForEver() {
        server.ignored = request -> request.get("packet").asInt() == 3;
        LinboxClient client = client(server.settings(ALICE).requestTimeout(Duration.ofMillis(200)));

        client.connect().join();
        server.say(BOB, ALICE, "held");
        server.ignored = request -> false;

        await().untilAsserted(() -> assertThat(heard.contents()).containsExactly("held"));
    }

    // Sending

    @Test
    void aSendTellsIdAndTimeOfTheStoredMessage() {
        SentMessage first = alice().send(BOB, TEXT, "one").join();

        assertThat(first.msgId()).isEqualTo(1);
        assertThat(first.sendTime()).isEqualTo(1_448_553_600_000L);
        assertThat(server.stored(ALICE, BOB)).containsExactly("one");
    }

    @Test
    void sendsBeforeTheSignInWaitForIt() {
        LinboxClient client = client(server.settings(ALICE));
        var sent = client.send(BOB, TEXT, "early");
        assertThat(sent).isNotDone();

        client.connect().join();

        assertThat(sent.join().msgId()).isEqualTo(1);
    }

    @Test
    void aThousandSendsKeepTheirOrder() {
        LinboxClient client = alice();
        var sent = IntStream.range(0, 1_000)
                .mapToObj(i -> client.send(BOB, TEXT, "m" + i))
                .toList();

        assertThat(sent.stream().map(CompletableFuture::join).map(SentMessage::msgId))
                .isEqualTo(LongStream.rangeClosed(1, 1_000).boxed().toList());
        assertThat(server.stored(ALICE, BOB))
                .isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void aSendWhoseAnswerDiedWithTheConnectionIsSentAgainWithTheSameIdAndStoredOnce() {
        LinboxClient client = alice();
        AtomicInteger cuts = new AtomicInteger();
        server.cutAfterStoring = request -> cuts.getAndIncrement() == 0;

        SentMessage sent = client.send(BOB, TEXT, "once").join();

        assertThat(sent.msgId()).isEqualTo(1);
        assertThat(server.stored(ALICE, BOB)).containsExactly("once");
        assertThat(server.received(9))
                .allMatch(request -> request.get("r_id").asLong() == sent.requestId())
                .allMatch(request -> request.get("msg").get("r_id").asLong() == sent.requestId());
        assertThat(heard.messages).isEmpty();
        assertThat(heard.events).containsExactly("lost", "restored");
    }

    @Test
    void everySendIsStoredOnceThoughConnectionsKeepDying() {
        LinboxClient client = alice();
        AtomicInteger count = new AtomicInteger();
        server.cutAfterStoring = request -> count.incrementAndGet() % 17 == 0;

        var sent = IntStream.range(0, 200)
                .mapToObj(i -> client.send(BOB, TEXT, "m" + i))
                .toList();
        var ids = sent.stream()
                .map(CompletableFuture::join)
                .map(SentMessage::msgId)
                .toList();

        assertThat(ids).isEqualTo(LongStream.rangeClosed(1, 200).boxed().toList());
        assertThat(server.stored(ALICE, BOB))
                .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "m" + i).toList());
        assertThat(heard.messages).isEmpty();
    }

    @Test
    void anOverdueAnswerMakesTheSendGoOutAgainOnTheSameConnection() {
        LinboxClient client = alice();
        AtomicInteger sends = new AtomicInteger();
        server.ignored = request -> request.get("packet").asInt() == 9 && sends.getAndIncrement() == 0;

        assertThat(client.send(BOB, TEXT, "patience").join().msgId()).isEqualTo(1);
        assertThat(server.received(9)).hasSize(2);
        assertThat(server.received(1)).hasSize(1);
    }

    @Test
    void tryAgainIsTakenAtItsWord() {
        LinboxClient client = alice();
        for (int status : new int[] {503, 429}) {
            AtomicInteger sends = new AtomicInteger();
            server.refusal = status;
            server.refused = request -> request.get("packet").asInt() == 9 && sends.getAndIncrement() < 2;

            client.send(BOB, TEXT, "after " + status).join();
        }
        assertThat(server.stored(ALICE, BOB)).containsExactly("after 503", "after 429");
        assertThat(server.received(9)).hasSize(6);
    }

    @Test
    void anyOtherRefusalOfASendIsFinal() {
        LinboxClient client = alice();
        server.refusal = 413;
        server.refused = request -> request.get("packet").asInt() == 9;

        var refused = failureOf(client.send(BOB, TEXT, "x"), RefusedException.class);

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.text()).isEqualTo("as the test wished");
        assertThat(server.received(9)).hasSize(1);
    }

    @Test
    void aSendWithoutAnAnswerFailsAtItsDeadline() {
        LinboxClient client = client(
                server.settings(ALICE).requestTimeout(Duration.ofMillis(100)).sendDeadline(Duration.ofMillis(350)));
        client.connect().join();
        server.ignored = request -> request.get("packet").asInt() == 9;

        failureOf(client.send(BOB, TEXT, "x"), NoAnswerException.class);

        assertThat(server.received(9).size()).isBetween(2, 5);
        assertThat(server.received(9)).allMatch(request -> request.get("r_id")
                .equals(server.received(9).get(0).get("r_id")));
    }

    @Test
    void aSendTooManyFailsAtOnceAndAPlaceThatIsFreedServesAgain() {
        LinboxClient client = client(server.settings(ALICE).maxPending(3).requestTimeout(Duration.ofMillis(100)));
        client.connect().join();
        server.ignored = request -> request.get("packet").asInt() == 9;
        var waiting = IntStream.range(0, 3)
                .mapToObj(i -> client.send(BOB, TEXT, "m" + i))
                .toList();

        var fourth = client.send(BOB, TEXT, "too many");

        assertThat(fourth).isCompletedExceptionally();
        failureOf(fourth, TooManyPendingException.class);
        failureOf(client.ping(), TooManyPendingException.class);
        server.ignored = request -> false;
        waiting.forEach(CompletableFuture::join);
        assertThat(client.send(BOB, TEXT, "now").join().msgId()).isEqualTo(4);
    }

    @Test
    void whatDoesNotFitAFrameFailsAtOnceInsteadOfCostingTheConnection() {
        LinboxClient client = alice();

        failureOf(client.send(BOB, TEXT, "x".repeat(70_000)), IllegalArgumentException.class);

        assertThat(client.ping().join()).isPositive();
        assertThat(heard.events).isEmpty();
    }

    @Test
    void anIdOfTheCallersOwnMakesASendRepeatableOverRestarts() {
        SentMessage first =
                alice().send(WITH_BOB, 77, TEXT, "before the restart").join();
        SentMessage again =
                alice().send(WITH_BOB, 77, TEXT, "before the restart").join();

        assertThat(again).isEqualTo(first);
    }

    @Test
    void closingFailsWhatWaits() {
        LinboxClient client = alice();
        server.ignored = request -> true;
        var send = client.send(BOB, TEXT, "x");
        var ping = client.ping();

        client.close();

        failureOf(send, ClientClosedException.class);
        failureOf(ping, ClientClosedException.class);
        failureOf(client.send(BOB, TEXT, "y"), ClientClosedException.class);
        failureOf(client.connect(), ClientClosedException.class);
        await().until(() -> server.connections() == 0);
    }

    // Asking

    @Test
    void unreadGoesThroughAllPages() {
        for (long partner = 1; partner <= 250; partner++) {
            server.say(partner + 5_000, ALICE, "from " + partner);
        }
        LinboxClient client = alice();

        var all = client.unread().join();

        assertThat(all).hasSize(250).allMatch(conversation -> conversation.count() == 1);
        assertThat(all.stream().map(UnreadConversation::conversation).distinct())
                .hasSize(250);
        assertThat(all.get(0).newest().content()).startsWith("from ");
        var one = client.unread(client.conversationWith(5_007)).join();
        assertThat(one.newestMsgId()).isEqualTo(1);
        assertThat(client.unread(client.conversationWith(9_999)).join().count()).isZero();
    }

    @Test
    void readMovesTheReadPosition() {
        server.say(BOB, ALICE, "one");
        server.say(BOB, ALICE, "two");
        LinboxClient client = alice();

        client.read(WITH_BOB, 1).join();

        assertThat(server.readPosition(ALICE, BOB)).isEqualTo(1);
        assertThat(client.unread(WITH_BOB).join().count()).isEqualTo(1);
    }

    @Test
    void pullIsNewestFirstAndHistoryOldestFirst() {
        for (int i = 1; i <= 5; i++) {
            server.say(BOB, ALICE, "m" + i);
        }
        LinboxClient client = alice();

        assertThat(client.pull(WITH_BOB, 4, 1, 2).join()).extracting("msgId").containsExactly(4L, 3L);
        assertThat(client.history(WITH_BOB, 3).join()).extracting("content").containsExactly("m3", "m4", "m5");
        assertThat(client.history(client.conversationWith(9), 3).join()).isEmpty();
    }

    @Test
    void aRefusedQuestionFailsWithStatusAndText() {
        LinboxClient client = alice();
        server.refusal = 403;
        server.refused = request -> true;

        assertThat(failureOf(client.unread(), RefusedException.class).status()).isEqualTo(403);
        assertThat(failureOf(client.pull(WITH_BOB, 1, 0, 1), RefusedException.class)
                        .text())
                .isEqualTo("as the test wished");
        assertThat(failureOf(client.read(WITH_BOB, 1), RefusedException.class).text())
                .isEqualTo("as wished");
    }

    @Test
    void aQuestionWithoutAnAnswerFailsInTimeAndOneWithoutAConnectionAtOnce() throws IOException {
        LinboxClient client = alice();
        server.ignored = request -> true;
        failureOf(client.ping(), NoAnswerException.class);
        server.close();
        await().until(() -> !client.isConnected());

        failureOf(client.unread(WITH_BOB), ConnectionFailedException.class);
    }

    // Hearing

    @Test
    void systemMessagesAndMessagesReachTheListenerThoughItThrows() {
        RecordingListener recording = heard;
        LinboxClient client = LinboxClient.create(
                server.settings(ALICE).build(),
                new ClientListener() {
                    @Override
                    public void message(com.linbox.message.Message message) {
                        recording.message(message);
                        throw new IllegalStateException("the listener's own mistake");
                    }

                    @Override
                    public void systemMessage(int systemType, String content) {
                        recording.systemMessage(systemType, content);
                    }
                },
                loops);
        clients.add(client);
        client.connect().join();

        server.say(BOB, ALICE, "one");
        server.say(BOB, ALICE, "two");
        server.push(
                ALICE,
                15,
                TestServer.JSON.createObjectNode().put("system_type", 30).put("content", "{}"));

        await().untilAsserted(() -> assertThat(heard.events).containsExactly("system 30 {}"));
        assertThat(heard.contents()).containsExactly("one", "two");
    }

    /** So that a server tells a sign-in that comes late from the one after it. */
    @Test
    void aClientSaysWhoItIsAndCountsItsSignIns() {
        LinboxClient client = alice();
        server.cutEverybody();
        await().until(() -> heard.events.contains("restored"));

        List<ObjectNode> signIns = server.received(1);
        assertThat(signIns).hasSizeGreaterThanOrEqualTo(2);
        assertThat(signIns.get(0).path("client_id").asLong()).isPositive();
        for (int i = 0; i < signIns.size(); i++) {
            assertThat(signIns.get(i).path("client_id"))
                    .isEqualTo(signIns.get(0).path("client_id"));
            assertThat(signIns.get(i).path("attempt").asInt()).isEqualTo(i + 1);
        }
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void aSystemMessageThatComesAgainAfterAReconnectIsToldOnce() {
        LinboxClient client = alice();
        pushSystem(5, "five");
        pushSystem(9, "nine");
        await().untilAsserted(() -> assertThat(heard.events).containsExactly("system 30 five", "system 30 nine"));
        server.cutEverybody();
        await().until(() -> heard.events.contains("restored"));
        heard.events.clear();

        pushSystem(9, "nine");
        pushSystem(12, "twelve");
        server.push(
                ALICE,
                15,
                TestServer.JSON.createObjectNode().put("system_type", 30).put("content", "not stored"));

        await().untilAsserted(
                        () -> assertThat(heard.events).containsExactly("system 30 twelve", "system 30 not stored"));
        assertThat(client.isConnected()).isTrue();
    }

    private void pushSystem(long msgId, String content) {
        server.push(
                ALICE,
                15,
                TestServer.JSON
                        .createObjectNode()
                        .put("system_type", 30)
                        .put("content", content)
                        .put("msg_id", msgId)
                        .put("send_time", 1));
    }

    @Test
    void systemMessagesAreCountedByTypeAndAcknowledged() {
        server.systemUnreads.putAll(Map.of(10, 0, 30, 2, 100, 1));
        LinboxClient client = alice();

        assertThat(client.systemUnread().join())
                .containsExactly(Map.entry(10, 0L), Map.entry(30, 2L), Map.entry(100, 1L));
        client.ackSystem(30).join();
        assertThat(client.systemUnread().join()).containsEntry(30, 0L).containsEntry(100, 1L);
    }

    @Test
    void aLostPushIsPulledBeforeTheNextMessageIsToldOf() {
        LinboxClient client = alice();
        server.say(BOB, ALICE, "m1");
        server.lostPush =
                message -> List.of("m2", "m3").contains(message.get("content").asString());
        server.say(BOB, ALICE, "m2");
        server.say(BOB, ALICE, "m3");
        server.say(BOB, ALICE, "m4");

        await().untilAsserted(() -> assertThat(heard.contents()).containsExactly("m1", "m2", "m3", "m4"));
        assertThat(client.isConnected()).isTrue();
        assertThat(server.received(7)).hasSize(1);
    }

    @Test
    void anOwnSendThatJumpsShowsTheGapToo() {
        LinboxClient client = alice();
        server.lostPush = message -> message.get("content").asString().startsWith("lost");
        server.say(BOB, ALICE, "lost 1");
        server.say(BOB, ALICE, "lost 2");

        assertThat(client.send(BOB, TEXT, "mine").join().msgId()).isEqualTo(3);
        server.say(BOB, ALICE, "m4");

        await().untilAsserted(() -> assertThat(heard.contents()).containsExactly("lost 1", "lost 2", "m4"));
    }

    @Test
    void ownSendsBetweenAreNoGaps() {
        LinboxClient client = alice();
        for (int i = 0; i < 20; i++) {
            client.send(BOB, TEXT, "mine").join();
            server.say(BOB, ALICE, "theirs " + i);
        }

        await().untilAsserted(() -> assertThat(heard.messages).hasSize(20));
        assertThat(heard.ids())
                .isEqualTo(LongStream.rangeClosed(1, 20).map(i -> 2 * i).boxed().toList());
        assertThat(server.received(7)).isEmpty();
    }

    @Test
    void whatWasMissedWhileAwayComesInOrderAndOnce() {
        LinboxClient client = alice();
        server.say(BOB, ALICE, "before");
        await().untilAsserted(() -> assertThat(heard.contents()).containsExactly("before"));
        server.signInStatus = 503;
        server.cutEverybody();
        await().until(() -> !client.isConnected());
        for (int i = 0; i < 350; i++) {
            server.say(BOB, ALICE, "m" + i);
        }
        for (long partner = 3_000; partner < 3_120; partner++) {
            server.say(partner, ALICE, "hello, I am new");
        }
        server.maxPullLimit = 30;
        server.signInStatus = 200;

        await().untilAsserted(() -> assertThat(heard.messages).hasSize(1 + 350 + 120));
        assertThat(heard.messages.stream().filter(m -> m.conversation().equals(WITH_BOB)))
                .extracting("msgId")
                .isEqualTo(LongStream.rangeClosed(1, 351).boxed().toList());
        server.say(BOB, ALICE, "after");
        await().untilAsserted(() -> assertThat(heard.messages).hasSize(1 + 350 + 120 + 1));
    }

    @Test
    void messagesThatComeWhileAGapIsPulledAreNeitherLostNorTwice() {
        alice();
        server.lostPush = message -> message.get("content").asString().endsWith("7");
        CompletableFuture.runAsync(() -> {
                    for (int i = 1; i <= 2_000; i++) {
                        server.say(BOB, ALICE, "m" + i);
                    }
                })
                .join();

        server.lostPush = message -> false;
        server.say(BOB, ALICE, "last");
        await().untilAsserted(() -> assertThat(heard.messages).hasSize(2_001));
        assertThat(heard.ids())
                .isEqualTo(LongStream.rangeClosed(1, 2_001).boxed().toList());
    }

    @Test
    void whatWasThereBeforeTheFirstSignInIsHistoryUnlessAskedFor() {
        server.say(BOB, ALICE, "old");
        server.say(ALICE, BOB, "read, since answered");
        server.say(BOB, ALICE, "unread");
        LinboxClient client = alice();
        client.ping().join();
        server.say(BOB, ALICE, "new");
        await().untilAsserted(() -> assertThat(heard.contents()).containsExactly("new"));
        client.close();
        heard.messages.clear();

        client(server.settings(ALICE).deliverUnread(true)).connect().join();
        await().untilAsserted(() -> assertThat(heard.contents()).containsExactly("unread", "new"));
    }

    @Test
    void pushesWithoutTheMessageAreFollowedUp() {
        alice().ping().join();
        server.pushWithoutMessage = true;
        server.say(BOB, ALICE, "one");
        server.say(BOB, ALICE, "two");

        await().untilAsserted(() -> assertThat(heard.contents()).containsExactly("one", "two"));
    }

    @Test
    void ownMessagesFromAnotherDeviceAreTold() {
        alice();
        server.lostPush = message -> true;
        server.say(ALICE, BOB, "from my telephone");
        server.lostPush = message -> false;
        server.say(BOB, ALICE, "answer");

        await().untilAsserted(() -> assertThat(heard.contents()).containsExactly("from my telephone", "answer"));
        assertThat(heard.messages.get(0).senderId()).isEqualTo(ALICE);
    }

    @Test
    void aGapThatTheServerKeepsToItselfIsPassedOver() {
        alice().ping().join();
        server.refusal = 403;
        server.refused = request -> request.get("packet").asInt() == 7;
        server.lostPush = message -> message.get("content").asString().equals("hidden");
        server.say(BOB, ALICE, "hidden");
        server.say(BOB, ALICE, "shown");

        await().untilAsserted(() -> assertThat(heard.contents()).containsExactly("shown"));
    }

    @Test
    void aPullThatIsPutOffIsAskedForAgain() {
        alice().ping().join();
        AtomicInteger pulls = new AtomicInteger();
        server.refused = request -> request.get("packet").asInt() == 7 && pulls.getAndIncrement() < 2;
        server.lostPush = message -> message.get("content").asString().equals("lost");
        server.say(BOB, ALICE, "lost");
        server.say(BOB, ALICE, "next");

        await().untilAsserted(() -> assertThat(heard.contents()).containsExactly("lost", "next"));
    }

    // Losing the connection

    @Test
    void anotherSignInEndsTheClientWithTheReason() {
        LinboxClient client = alice();
        server.ignored = request -> request.get("packet").asInt() == 9;
        var waiting = client.send(BOB, TEXT, "x");
        await().until(() -> !server.received(9).isEmpty());

        server.kick(ALICE, "signed in elsewhere");

        assertThat(failureOf(waiting, KickedException.class).reason()).isEqualTo("signed in elsewhere");
        assertThat(heard.events).containsExactly("kicked: signed in elsewhere");
        failureOf(client.ping(), KickedException.class);
        assertThat(server.received(1)).hasSize(1);
    }

    @Test
    void aClientThatIsToldToComesBackAfterATakeover() {
        LinboxClient client = client(server.settings(ALICE).reconnectAfterTakeover(true));
        client.connect().join();
        await().until(() -> server.connections() == 1);

        server.kick(ALICE, "signed in elsewhere");

        await().untilAsserted(() ->
                assertThat(heard.events).containsExactly("kicked: signed in elsewhere", "lost", "restored"));
        assertThat(client.ping().join()).isPositive();
    }

    @Test
    void aServerThatFallsSilentIsLeftForANewConnection() {
        client(server.settings(ALICE).pingInterval(Duration.ofMillis(50)).requestTimeout(Duration.ofMillis(100)))
                .connect()
                .join();
        AtomicInteger pings = new AtomicInteger();
        server.ignored = request -> request.get("packet").asInt() == 13 && pings.getAndIncrement() < 5;

        await().untilAsserted(() -> assertThat(heard.events).startsWith("lost", "restored"));
    }

    @Test
    void aClientSurvivesTheServersRestart() throws IOException {
        LinboxClient client = alice();
        int port = server.port();
        server.close();
        await().until(() -> !client.isConnected());
        var sent = client.send(BOB, TEXT, "while it was down");

        server = new TestServer(port);

        assertThat(sent.join().msgId()).isEqualTo(1);
        assertThat(heard.events).containsExactly("lost", "restored");
    }

    @Test
    void aRefusalOnTheWayBackIsFinal() {
        LinboxClient client = alice();
        server.signInStatus = 401;
        server.cutEverybody();

        await().untilAsserted(() -> assertThat(heard.events).containsExactly("lost", "refused: 401"));
        failureOf(client.send(BOB, TEXT, "x"), RefusedException.class);
    }

    // Threads

    @Test
    void hundredsOfClientsShareOneThread() {
        int users = 200;
        List<LinboxClient> crowd = new ArrayList<>();
        for (long user = 0; user < users; user++) {
            crowd.add(client(server.settings(10_000 + user)));
        }
        CompletableFuture.allOf(crowd.stream().map(LinboxClient::connect).toArray(CompletableFuture[]::new))
                .join();
        var sent = IntStream.range(0, users)
                .mapToObj(i -> crowd.get(i).send(10_000 + (i + 1) % users, TEXT, "to my neighbour"))
                .toList();

        sent.forEach(CompletableFuture::join);
        await().untilAsserted(() -> assertThat(heard.messages).hasSize(users));
    }

    @Test
    void theListenerMaySendAndAFutureMayGoOnWithAnother() {
        LinboxClient client = alice();
        var chain = client.send(BOB, TEXT, "one")
                .thenCompose(first -> client.send(BOB, TEXT, "two"))
                .thenCompose(second -> client.history(WITH_BOB, 10));

        assertThat(chain.join()).extracting("content").containsExactly("one", "two");
    }
}
