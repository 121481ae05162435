package com.linbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.linbox.group.GroupChange;
import com.linbox.group.HistoryAccess;
import com.linbox.group.Inviters;
import com.linbox.group.Role;
import com.linbox.message.Conversation;
import com.linbox.protocol.ProtocolVersion;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/** Groups, changed messages and whatever else only version 2 of the protocol has. */
@Timeout(60)
class Version2ClientTests {

    private static final long ALICE = 1001;
    private static final long BOB = 1002;
    private static final long CAROL = 1003;
    private static final long GROUP = 77;
    private static final Conversation WITH_BOB = new Conversation.Session(ALICE, BOB);
    private static final Conversation IN_GROUP = new Conversation.Group(GROUP);
    private static final String TEXT = "text/plain";
    private static final int UNREAD = 3;
    private static final int PULL = 7;
    private static final int SEND = 9;
    private static final int GROUP_CHANGE = 20;
    private static final int CHANGE_MSG = 34;
    private static final int RECONNECT = 38;

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

    private LinboxClient alice() {
        return alice(ProtocolVersion.V2);
    }

    private LinboxClient alice(ProtocolVersion version) {
        var settings = server.settings(ALICE).version(version).requestTimeout(Duration.ofMillis(400));
        LinboxClient client = LinboxClient.create(settings.build(), heard, loops);
        clients.add(client);
        client.connect().join();
        return client;
    }

    private static <T extends Throwable> T failureOf(CompletableFuture<?> future, Class<T> type) {
        var thrown = catchThrowableOfType(CompletionException.class, future::join);
        assertThat(thrown).isNotNull();
        assertThat(thrown.getCause()).isInstanceOf(type);
        return type.cast(thrown.getCause());
    }

    private void goAway(LinboxClient client) {
        server.signInStatus = 503;
        server.cutEverybody();
        await().until(() -> !client.isConnected());
    }

    private void letBack() {
        server.signInStatus = 200;
    }

    private void say(int count) {
        IntStream.range(0, count).forEach(i -> server.sayIn(GROUP, BOB, "m" + i));
    }

    private static boolean is(ObjectNode request, int type) {
        return request.get("packet").asInt() == type;
    }

    // Asking and changing

    @Test
    void onAClientOfVersion1WhatNeedsVersion2FailsAtOnceAndClearly() {
        LinboxClient client = alice(ProtocolVersion.V1);
        Groups groups = client.groups();

        for (CompletableFuture<?> call : List.of(
                groups.create("friends", List.of(BOB), Inviters.MEMBERS, HistoryAccess.ALL),
                groups.leave(GROUP),
                groups.info(GROUP),
                groups.members(GROUP),
                client.recall(WITH_BOB, 1),
                client.edit(WITH_BOB, 1, "x"),
                client.readers(WITH_BOB, 1),
                client.typing(WITH_BOB),
                client.muteConversation(WITH_BOB, 0))) {
            assertThat(call).isCompletedExceptionally();
            assertThat(failureOf(call, IllegalArgumentException.class)).hasMessageContaining("version 1 (expected: 2)");
        }
        assertThat(server.received).noneMatch(request -> request.get("packet").asInt() >= GROUP_CHANGE);
        assertThat(client.ping().join()).isPositive();
    }

    @Test
    void whatIsToBeDoneToAGroupGoesOutInTheProtocolsWords() {
        LinboxClient client = alice();
        Groups groups = client.groups();
        long group = groups.create("friends", List.of(BOB, CAROL), Inviters.MEMBERS, HistoryAccess.ALL)
                .join();
        groups.update(group, "good friends", null, HistoryAccess.JOINED).join();
        groups.addMembers(group, List.of(1004L)).join();
        groups.removeMembers(group, List.of(1004L)).join();
        groups.giveRole(group, List.of(BOB), Role.ADMINISTRATOR).join();
        groups.muteMembers(group, List.of(CAROL), Long.MAX_VALUE).join();
        groups.unmuteMembers(group, List.of(CAROL)).join();
        groups.muteAll(group, 1_800_000_000_000L).join();
        groups.unmuteAll(group).join();
        groups.leave(group).join();
        SentMessage last = groups.dissolve(group).join();

        assertThat(last.msgId()).isEqualTo(11);
        assertThat(server.received(GROUP_CHANGE))
                .extracting(request -> without(request, "r_id", "user_id", "packet"))
                .containsExactly(
                        "{'action':'create','name':'friends','users':['1002','1003'],'invite':'members','history':'all'}",
                        in(group, "'action':'update','name':'good friends','history':'joined'"),
                        in(group, "'action':'add','users':['1004']"),
                        in(group, "'action':'remove','users':['1004']"),
                        in(group, "'action':'role','users':['1002'],'role':'administrator'"),
                        in(group, "'action':'mute','users':['1003'],'until':-1"),
                        in(group, "'action':'mute','users':['1003'],'until':0"),
                        in(group, "'action':'mute_all','until':1800000000000"),
                        in(group, "'action':'mute_all','until':0"),
                        in(group, "'action':'leave'"),
                        in(group, "'action':'dissolve'"));
        assertThat(heard.told).as("own changes are told by their futures").isEmpty();
    }

    private static String in(long group, String fields) {
        return "{'group_id':'" + group + "'," + fields + "}";
    }

    private static String without(ObjectNode request, String... fields) {
        ObjectNode copy = request.deepCopy();
        copy.remove(List.of(fields));
        return copy.toString().replace('"', '\'');
    }

    @Test
    void aChangeWhoseAnswerDiedWithTheConnectionIsSentAgainWithTheSameIdAndDoneOnce() {
        LinboxClient client = alice();
        AtomicInteger answers = new AtomicInteger();
        server.cutAfterStoring = request -> answers.getAndIncrement() % 2 == 0;

        long group = client.groups()
                .create("friends", List.of(BOB), Inviters.MEMBERS, HistoryAccess.ALL)
                .join();
        var conversation = new Conversation.Group(group);
        assertThat(client.send(conversation, TEXT, "helo").join().msgId()).isEqualTo(2);
        assertThat(client.edit(conversation, 2, "hello").join().msgId()).isEqualTo(3);
        assertThat(client.recall(conversation, 2).join().msgId()).isEqualTo(4);
        assertThat(client.groups().addMembers(group, List.of(CAROL)).join().msgId())
                .isEqualTo(5);

        assertThat(server.storedIn(group)).hasSize(5);
        assertThat(server.received(GROUP_CHANGE)).hasSize(4);
        assertThat(server.received(GROUP_CHANGE).stream()
                        .map(request -> request.get("r_id").asLong())
                        .distinct())
                .hasSize(2);
        assertThat(server.received(CHANGE_MSG)).hasSize(4);
        assertThat(server.received(CHANGE_MSG).stream()
                        .map(request -> request.get("r_id").asLong())
                        .distinct())
                .hasSize(2);
        assertThat(heard.told).isEmpty();
    }

    @Test
    void changesAndSendsThatWaitForAConnectionGoOutInTheirOrder() {
        LinboxClient client = alice();
        server.change(GROUP, BOB, "create", ALICE);
        goAway(client);
        List<CompletableFuture<SentMessage>> waiting = List.of(
                client.send(IN_GROUP, TEXT, "let me add Carol"),
                client.groups().addMembers(GROUP, List.of(CAROL)),
                client.send(IN_GROUP, TEXT, "welcome, Carrol"),
                client.edit(IN_GROUP, 4, "welcome, Carol"),
                client.send(IN_GROUP, TEXT, "so"));
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        letBack();

        assertThat(waiting.stream().map(CompletableFuture::join).map(SentMessage::msgId))
                .containsExactly(2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void tryAgainIsTakenAtItsWordAndAnyOtherRefusalIsFinal() {
        LinboxClient client = alice();
        server.change(GROUP, BOB, "create", ALICE);
        AtomicInteger changes = new AtomicInteger();
        server.refused = request -> is(request, GROUP_CHANGE) && changes.getAndIncrement() < 2;
        assertThat(client.groups().addMembers(GROUP, List.of(CAROL)).join().msgId())
                .isEqualTo(2);
        assertThat(server.received(GROUP_CHANGE)).hasSize(3);

        server.refusal = 403;
        server.refused = request -> is(request, GROUP_CHANGE) || is(request, CHANGE_MSG);
        assertThat(failureOf(client.groups().leave(GROUP), RefusedException.class)
                        .status())
                .isEqualTo(403);
        assertThat(failureOf(client.recall(IN_GROUP, 1), RefusedException.class).text())
                .isEqualTo("as the test wished");
        assertThat(server.received(GROUP_CHANGE)).hasSize(4);
    }

    @Test
    void anOwnChangeThatIsHeardOfBeforeItsAnswerIsTheAnswer() {
        LinboxClient client = alice();
        server.change(GROUP, BOB, "create", ALICE);
        await().untilAsserted(() -> assertThat(heard.told).containsExactly("1 create"));
        server.ignored = request -> is(request, GROUP_CHANGE);
        var added = client.groups().addMembers(GROUP, List.of(CAROL));
        await().until(() -> !server.received(GROUP_CHANGE).isEmpty());
        ObjectNode message = TestServer.JSON
                .createObjectNode()
                .put("from_user_id", "" + ALICE)
                .put("msg_id", 2)
                .put("mime_type", "application/vnd.linbox.group-event+json")
                .put("content", "{\"action\":\"add\",\"users\":[\"1003\"]}");
        message.set("r_id", server.received(GROUP_CHANGE).get(0).get("r_id"));
        ObjectNode news = TestServer.JSON
                .createObjectNode()
                .put("user_id", "" + ALICE)
                .put("group_id", "" + GROUP)
                .put("type", 3);
        news.set("msg", message);

        server.push(ALICE, 11, news);

        assertThat(added.join().msgId()).isEqualTo(2);
        assertThat(heard.told).containsExactly("1 create");
    }

    @Test
    void infoAndMembersAndReadersAreReadPageByPage() {
        server.answers.put(22, (request, answer) -> {
            boolean first = !request.has("after");
            answer.put("name", "friends")
                    .put("invite", "members")
                    .put("history", "all")
                    .put("muted_until", -1)
                    .put("count", 2);
            answer.putArray("members")
                    .addObject()
                    .put("user_id", first ? "1001" : "1002")
                    .put("role", first ? "owner" : "member")
                    .put("muted_until", first ? 0 : 1_800_000_000_000L);
            if (first) {
                answer.put("after", "1001");
            }
        });
        server.answers.put(26, (request, answer) -> {
            int offset = request.get("offset").asInt();
            answer.putArray("readers")
                    .addObject()
                    .put("user_id", "" + (1_001 + offset))
                    .put("msg_id", 9 - offset);
            answer.put("offset", offset < 2 ? offset + 1 : 0);
        });
        LinboxClient client = alice();

        assertThat(client.groups().info(GROUP).join())
                .isEqualTo(new GroupInfo(GROUP, "friends", Inviters.MEMBERS, HistoryAccess.ALL, Long.MAX_VALUE, 2));
        assertThat(client.groups().members(GROUP).join())
                .containsExactly(
                        new GroupMember(ALICE, Role.OWNER, 0), new GroupMember(BOB, Role.MEMBER, 1_800_000_000_000L));
        assertThat(client.readers(IN_GROUP, 7).join())
                .containsExactly(new ReadPosition(ALICE, 9), new ReadPosition(BOB, 8), new ReadPosition(CAROL, 7));
        assertThat(server.received(26))
                .allMatch(request -> request.get("msg_id").asInt() == 7)
                .allMatch(request -> request.get("group_id").asString().equals("77"));
    }

    @Test
    void typingAndMutingNameTheConversation() {
        LinboxClient client = alice();

        client.typing(WITH_BOB).join();
        client.typing(IN_GROUP).join();
        client.muteConversation(WITH_BOB, Long.MAX_VALUE).join();
        client.muteConversation(IN_GROUP, 0).join();

        assertThat(server.received(31))
                .extracting(request -> without(request, "r_id", "user_id", "packet"))
                .containsExactly("{'remote_id':'1002','type':2}", "{'group_id':'77','type':3}");
        assertThat(server.received(36))
                .extracting(request -> without(request, "r_id", "user_id", "packet"))
                .containsExactly("{'remote_id':'1002','type':2,'until':-1}", "{'group_id':'77','type':3,'until':0}");
    }

    // Hearing

    @Test
    void readPositionsReceiptsAndTypingReachTheListener() {
        alice();
        server.push(ALICE, 24, push("1002", null, 2).put("msg_id", 5));
        server.push(ALICE, 24, push("77", "77", 3).put("msg_id", 6));
        server.push(ALICE, 25, push("1002", null, 2).put("msg_id", 7));
        server.push(ALICE, 33, push("1002", null, 2).put("from_user_id", "1002"));
        server.push(ALICE, 33, push("77", "77", 3).put("from_user_id", "1003"));

        await().untilAsserted(() -> assertThat(heard.events)
                .containsExactly(
                        "read elsewhere 1001_1002 5",
                        "read elsewhere 77 6",
                        "read by partner 1001_1002 7",
                        "typing 1001_1002 1002",
                        "typing 77 1003"));
    }

    private static ObjectNode push(String remoteId, String groupId, int type) {
        ObjectNode packet = TestServer.JSON
                .createObjectNode()
                .put("user_id", "" + ALICE)
                .put("remote_id", remoteId)
                .put("type", type);
        return groupId == null ? packet : packet.put("group_id", groupId);
    }

    @Test
    void whatHappensToAGroupIsToldBetweenItsMessages() {
        LinboxClient client = alice();
        server.change(GROUP, BOB, "create", BOB, ALICE);
        server.sayIn(GROUP, BOB, "hi");
        client.send(IN_GROUP, TEXT, "hi yourself").join();
        server.change(GROUP, BOB, "add", CAROL);
        server.changeMessage(BOB, edit(2, "hello"));
        server.changeMessage(BOB, recall(2));
        server.change(GROUP, BOB, "frobnicate");
        server.change(GROUP, BOB, "remove", ALICE);

        await().untilAsserted(() -> assertThat(heard.told).hasSize(7));
        assertThat(heard.told)
                .startsWith("1 create", "2 hi", "4 add", "5 edit 2 hello", "6 recall 2")
                .endsWith("8 remove");
        assertThat(heard.told.get(5)).as("of no known kind").startsWith("7 {").contains("frobnicate");
        GroupChanged added = heard.groupChanges.get(1);
        assertThat(added.actorId()).isEqualTo(BOB);
        assertThat(added.change()).isEqualTo(new GroupChange.Add(List.of(CAROL)));
        assertThat(added.users()).isEqualTo(1);
        assertThat(added.group()).isEqualTo(IN_GROUP);
    }

    private static ObjectNode edit(int msgId, String content) {
        return recall(msgId).put("action", "edit").put("content", content);
    }

    private static ObjectNode recall(int msgId) {
        return TestServer.JSON
                .createObjectNode()
                .put("group_id", "" + GROUP)
                .put("msg_id", msgId)
                .put("action", "recall");
    }

    @Test
    void whatWasChangedWhileAwayIsToldInItsPlaceAndOnce() {
        LinboxClient client = alice();
        server.change(GROUP, BOB, "create", BOB, ALICE);
        server.sayIn(GROUP, BOB, "one");
        await().untilAsserted(() -> assertThat(heard.told).containsExactly("1 create", "2 one"));
        goAway(client);
        server.sayIn(GROUP, BOB, "two");
        server.changeMessage(BOB, edit(2, "ONE"));
        server.sayIn(GROUP, BOB, "three");
        server.changeMessage(BOB, recall(5));
        server.change(GROUP, BOB, "add", CAROL);
        letBack();

        await().untilAsserted(() -> assertThat(heard.told)
                .containsExactly("1 create", "2 one", "3 two", "4 edit 2 ONE", "5 ", "6 recall 5", "7 add"));
        assertThat(heard.messages.get(2).mimeType()).isEqualTo("application/vnd.linbox.recalled");
        assertThat(client.history(IN_GROUP, 10).join()).hasSize(7);
    }

    // Coming into groups and going

    @Test
    void aNewMemberHearsFromJoiningOnAndAsksForNothingBefore() {
        server.change(GROUP, BOB, "create", BOB);
        say(1_000);
        alice();
        server.change(GROUP, BOB, "add", ALICE);
        server.sayIn(GROUP, BOB, "welcome");

        await().untilAsserted(() -> assertThat(heard.told).containsExactly("1002 add", "1003 welcome"));
        assertThat(server.received(PULL)).isEmpty();
        assertThat(server.received(UNREAD)).hasSize(2);
    }

    @Test
    void aNewMemberWhoseFirstPushesAreLostHearsThemAllTheSame() {
        server.change(GROUP, BOB, "create", BOB);
        say(300);
        alice();
        server.lostPush = message -> !message.get("content").asString().equals("third");
        server.change(GROUP, BOB, "add", ALICE);
        server.sayIn(GROUP, BOB, "second");
        server.sayIn(GROUP, BOB, "third");

        await().untilAsserted(() -> assertThat(heard.told).containsExactly("302 add", "303 second", "304 third"));
        assertThat(server.received(PULL)).hasSize(1);
    }

    @Test
    void whoSpeaksInAGroupBeforeItsFirstPushesComeHearsThemAllTheSame() {
        server.change(GROUP, BOB, "create", BOB);
        say(5);
        LinboxClient client = alice();
        server.lostPush = message -> !message.get("content").asString().equals("fourth");
        server.change(GROUP, BOB, "add", ALICE);
        server.sayIn(GROUP, BOB, "second");
        client.send(IN_GROUP, TEXT, "third").join();
        server.sayIn(GROUP, BOB, "fourth");

        await().untilAsserted(() -> assertThat(heard.told).containsExactly("7 add", "8 second", "10 fourth"));
    }

    @Test
    void ofAGroupJoinedWhileAwayAllComesAlsoWhatAnotherDeviceHasRead() {
        LinboxClient client = alice();
        goAway(client);
        server.change(GROUP, BOB, "create", BOB, ALICE);
        server.sayIn(GROUP, BOB, "hi");
        server.sayIn(GROUP, ALICE, "hi from my other device");
        letBack();

        await().untilAsserted(
                        () -> assertThat(heard.told).containsExactly("1 create", "2 hi", "3 hi from my other device"));
    }

    @Test
    void ofAGroupJoinedWhileAwayTheUnreadComes() {
        server.change(GROUP, BOB, "create", BOB);
        say(300);
        LinboxClient client = alice();
        goAway(client);
        server.change(GROUP, BOB, "add", ALICE);
        server.sayIn(GROUP, BOB, "welcome");
        letBack();

        await().untilAsserted(() -> assertThat(heard.told).containsExactly("302 add", "303 welcome"));
    }

    @Test
    void whoIsPutOutStopsAskingAndGoesOnWhenTakenBack() {
        alice();
        server.change(GROUP, BOB, "create", BOB, ALICE);
        await().untilAsserted(() -> assertThat(heard.told).containsExactly("1 create"));
        server.lostPush = message -> message.get("content").asString().startsWith("m");
        say(1);
        server.refusal = 403;
        server.refused = request -> is(request, PULL);
        server.change(GROUP, BOB, "remove", ALICE);

        await().untilAsserted(() -> assertThat(heard.told).containsExactly("1 create", "3 remove"));
        assertThat(server.received(PULL)).hasSize(1);

        server.refused = request -> false;
        say(2_000);
        server.change(GROUP, BOB, "add", ALICE);
        server.sayIn(GROUP, BOB, "welcome back");

        await().untilAsserted(() ->
                assertThat(heard.told).containsExactly("1 create", "3 remove", "2004 add", "2005 welcome back"));
        assertThat(server.received(PULL).size())
                .as("far fewer than pages of what is hidden")
                .isLessThan(10);
    }

    @Test
    void whoWasPutOutAndTakenBackWhileAwayHearsAllSince() {
        LinboxClient client = alice();
        server.change(GROUP, BOB, "create", BOB, ALICE);
        await().untilAsserted(() -> assertThat(heard.told).containsExactly("1 create"));
        goAway(client);
        server.change(GROUP, BOB, "remove", ALICE);
        say(1_500);
        server.change(GROUP, BOB, "add", ALICE);
        say(250);
        letBack();

        await().untilAsserted(() -> assertThat(heard.told).hasSize(1 + 1 + 250));
        assertThat(heard.told.get(1)).isEqualTo("1503 add");
        assertThat(heard.told.get(251)).isEqualTo("1753 m249");
        assertThat(server.received(PULL).size())
                .as("fewer than pages of it all")
                .isLessThan(15);
        assertThat(client.unread(IN_GROUP).join().count()).isEqualTo(251);
    }

    @Test
    void whoIsNoMemberIsRefusedAndGoesOnElsewhere() {
        LinboxClient client = alice();
        server.change(GROUP, BOB, "create", BOB);

        assertThat(failureOf(client.pull(IN_GROUP, 1, 0, 1), RefusedException.class)
                        .status())
                .isEqualTo(403);
        assertThat(failureOf(client.unread(IN_GROUP), RefusedException.class).status())
                .isEqualTo(403);
        assertThat(client.send(WITH_BOB, TEXT, "let me in").join().msgId()).isEqualTo(1);
        assertThat(server.received(SEND)).hasSize(1);
    }

    // Leaving a server that stops

    @Test
    void aServerThatStopsIsLeftForAnotherWithoutAnError() throws Exception {
        try (TestServer other = new TestServer()) {
            LinboxClient client = aliceAlsoAt(other);
            server.ignored = request -> is(request, SEND);
            CompletableFuture<SentMessage> unanswered = client.send(WITH_BOB, TEXT, "on its way");
            await().until(() -> server.received(SEND).size() == 1);

            tellToLeave(50);

            assertThat(unanswered.join().msgId()).isEqualTo(1);
            assertThat(other.received(SEND).get(0).get("msg").get("r_id"))
                    .as("the same r_id")
                    .isEqualTo(server.received(SEND).get(0).get("msg").get("r_id"));
            await().until(() -> server.connections() == 0);
            assertThat(heard.events).containsExactly("restored");
            assertThat(client.send(WITH_BOB, TEXT, "and on").join().msgId()).isEqualTo(2);
            assertThat(other.stored(ALICE, BOB)).containsExactly("on its way", "and on");
        }
    }

    @Test
    void untilItsDelayIsOverAClientStaysAndWhatItAskedForBeforeIsAnswered() throws Exception {
        try (TestServer other = new TestServer()) {
            LinboxClient client = aliceAlsoAt(other);
            tellToLeave(300);
            assertThat(client.send(WITH_BOB, TEXT, "still here").join().msgId()).isEqualTo(1);
            assertThat(server.stored(ALICE, BOB)).containsExactly("still here");

            await().until(() -> other.connections() == 1);
            assertThat(server.received(SEND)).hasSize(1);
            assertThat(other.received(SEND)).isEmpty();
        }
    }

    @Test
    void whatIsOfUseNowOrNeverIsAskedAgainWhereTheClientGoes() throws Exception {
        try (TestServer other = new TestServer()) {
            LinboxClient client = aliceAlsoAt(other, Duration.ofSeconds(20));
            server.ignored = request -> is(request, PULL);
            CompletableFuture<?> pulled = client.pull(WITH_BOB, 10, 0, 10);
            await().until(() -> server.received(PULL).size() == 1);

            tellToLeave(0);

            pulled.join();
            assertThat(other.received(PULL)).hasSize(1);
            assertThat(heard.events).containsExactly("restored");
        }
    }

    @Test
    void aServerThatClosesBeforeTheDelayIsOverWasLeftAllTheSame() throws Exception {
        try (TestServer other = new TestServer()) {
            LinboxClient client = aliceAlsoAt(other);
            tellToLeave(60_000);
            // It is told before the end, since both come the same way.
            server.cutEverybody();

            await().until(() -> other.connections() == 1 && client.isConnected());
            assertThat(heard.events).containsExactly("restored");
        }
    }

    @Test
    void whereNobodyElseAnswersTheConnectionIsLost() {
        LinboxClient client = alice();
        server.signInStatus = 503;
        tellToLeave(0);

        await().untilAsserted(() -> assertThat(heard.events).containsExactly("lost"));
        letBack();
        await().until(client::isConnected);
        assertThat(heard.events).containsExactly("lost", "restored");
    }

    @Test
    void theFirstSignInTriesEveryAddress() throws Exception {
        try (Unreachable nobody = new Unreachable()) {
            LinboxClient client = LinboxClient.create(
                    ClientSettings.of("127.0.0.1", nobody.port(), ALICE)
                            .alsoAt("127.0.0.1", nobody.port())
                            .alsoAt("127.0.0.1", server.port())
                            .build(),
                    heard,
                    loops);
            clients.add(client);
            client.connect().join();
            assertThat(client.isConnected()).isTrue();
        }
    }

    private void tellToLeave(long delay) {
        server.push(
                ALICE,
                RECONNECT,
                TestServer.JSON.createObjectNode().put("user_id", "" + ALICE).put("delay", delay));
    }

    private LinboxClient aliceAlsoAt(TestServer other) {
        return aliceAlsoAt(other, Duration.ofSeconds(5));
    }

    private LinboxClient aliceAlsoAt(TestServer other, Duration requestTimeout) {
        var settings = server.settings(ALICE)
                .version(ProtocolVersion.V2)
                .requestTimeout(requestTimeout)
                .alsoAt("127.0.0.1", other.port());
        LinboxClient client = LinboxClient.create(settings.build(), heard, loops);
        clients.add(client);
        client.connect().join();
        return client;
    }
}
