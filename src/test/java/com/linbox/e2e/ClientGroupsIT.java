package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.linbox.client.ClientSettings;
import com.linbox.client.GroupInfo;
import com.linbox.client.GroupMember;
import com.linbox.client.LinboxClient;
import com.linbox.client.ReadPosition;
import com.linbox.client.RecordingListener;
import com.linbox.client.RefusedException;
import com.linbox.client.SentMessage;
import com.linbox.group.GroupChange;
import com.linbox.group.HistoryAccess;
import com.linbox.group.Inviters;
import com.linbox.group.Role;
import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.protocol.ProtocolVersion;
import com.linbox.testing.TcpProxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Groups, changed messages, read positions and typing, between clients of version 2 and the stand-alone server. */
@Timeout(120)
class ClientGroupsIT {

    private static final String TEXT = "text/plain";

    private final List<User> users = new ArrayList<>();

    /** A device of somebody's, and what it was told. */
    private record User(long id, LinboxClient client, RecordingListener heard) {

        long say(Conversation conversation, String content) {
            return answer(client.send(conversation, TEXT, content)).msgId();
        }

        void hears(String... all) {
            await().untilAsserted(() -> assertThat(heard.told).containsExactly(all));
        }

        void hearsOf(String event) {
            await().untilAsserted(() -> assertThat(heard.events).contains(event));
        }

        List<String> history(Conversation conversation) {
            return answer(client.history(conversation, 100)).stream()
                    .map(message -> message.msgId() + " " + message.content())
                    .toList();
        }
    }

    private static <T> T answer(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static int refusalOf(CompletableFuture<?> future) {
        var thrown = catchThrowableOfType(CompletionException.class, () -> answer(future));
        assertThat(thrown).hasCauseInstanceOf(RefusedException.class);
        return ((RefusedException) thrown.getCause()).status();
    }

    @AfterEach
    void closeClients() {
        users.forEach(user -> user.client.close());
    }

    private User user(long id, String device) {
        return user(id, device, StandaloneInTest.get().clients());
    }

    private User user(long id, String device, InetSocketAddress gateway) {
        RecordingListener heard = new RecordingListener();
        var settings = ClientSettings.of(gateway.getHostString(), gateway.getPort(), id)
                .version(ProtocolVersion.V2)
                .device(device)
                .pingInterval(Duration.ofSeconds(1))
                .requestTimeout(Duration.ofSeconds(20));
        User user = new User(id, LinboxClient.create(settings.build(), heard), heard);
        users.add(user);
        answer(user.client.connect());
        return user;
    }

    private static Conversation.Group group(User owner, String name, HistoryAccess history, User... others) {
        var members = List.of(others).stream().map(User::id).toList();
        return new Conversation.Group(
                answer(owner.client.groups().create(name, members, Inviters.ADMINISTRATORS, history)));
    }

    @Test
    void twoUsersOnThreeDevicesTalkInAGroupAndTakeBackWhatTheySaid() {
        long alice = MessagingScenarios.newUser();
        User phone = user(alice, "iphone");
        User desktop = user(alice, "desktop");
        User bob = user(MessagingScenarios.newUser(), "android");
        Conversation.Group group = group(phone, "friends", HistoryAccess.JOINED, bob);
        bob.hears("1 create");
        desktop.hears("1 create");
        var made = (GroupChange.Create) bob.heard.groupChanges.get(0).change();
        assertThat(made.name()).isEqualTo("friends");
        assertThat(made.ownerId()).isEqualTo(alice);
        assertThat(made.userIds()).containsExactly(bob.id);

        assertThat(phone.say(group, "hello")).isEqualTo(2);
        bob.hears("1 create", "2 hello");
        assertThat(bob.say(group, "helo")).isEqualTo(3);
        assertThat(answer(bob.client.edit(group, 3, "hello to you")).msgId()).isEqualTo(4);
        assertThat(answer(desktop.client.recall(group, 2)).msgId()).isEqualTo(5);

        phone.hears("3 helo", "4 edit 3 hello to you", "5 recall 2");
        desktop.hears("1 create", "2 hello", "3 helo", "4 edit 3 hello to you");
        bob.hears("1 create", "2 hello", "5 recall 2");
        assertThat(phone.history(group)).contains("2 ", "3 hello to you");
        assertThat(answer(bob.client.unread(group)).count()).isEqualTo(1);
        assertThat(refusalOf(phone.client.edit(group, 3, "not mine"))).isEqualTo(403);
        assertThat(refusalOf(phone.client.recall(group, 99))).isEqualTo(404);
    }

    @Test
    void readPositionsReceiptsAndTypingAreToldWhereTheyConcern() {
        long alice = MessagingScenarios.newUser();
        User phone = user(alice, "iphone");
        User desktop = user(alice, "desktop");
        User bob = user(MessagingScenarios.newUser(), "android");
        Conversation pair = phone.client.conversationWith(bob.id);
        phone.say(pair, "read this");
        bob.hears("1 read this");
        assertThat(answer(phone.client.readers(pair, 1))).isEmpty();
        answer(bob.client.read(pair, 1));
        phone.hearsOf("read by partner " + pair.key() + " 1");
        desktop.hearsOf("read by partner " + pair.key() + " 1");
        assertThat(answer(phone.client.readers(pair, 1))).containsExactly(new ReadPosition(bob.id, 1));
        bob.say(pair, "done");
        desktop.hears("1 read this", "2 done");
        answer(desktop.client.read(pair, 2));
        phone.hearsOf("read elsewhere " + pair.key() + " 2");

        Conversation.Group group = group(phone, "readers", HistoryAccess.JOINED, bob);
        phone.say(group, "who reads this?");
        assertThat(answer(phone.client.readers(group, 2)))
                .extracting(ReadPosition::userId)
                .containsExactly(alice);
        bob.history(group);
        assertThat(answer(phone.client.readers(group, 2)))
                .containsExactlyInAnyOrder(new ReadPosition(alice, 2), new ReadPosition(bob.id, 2));
        answer(bob.client.typing(group));
        answer(bob.client.typing(pair));
        phone.hearsOf("typing " + group.key() + " " + bob.id);
        phone.hearsOf("typing " + pair.key() + " " + bob.id);
        desktop.hearsOf("typing " + group.key() + " " + bob.id);
        assertThat(bob.heard.events).noneMatch(event -> event.startsWith("typing"));
    }

    @Test
    void aConversationIsMutedAndHeardAgain() {
        User alice = user(MessagingScenarios.newUser(), "iphone");
        User bob = user(MessagingScenarios.newUser(), "android");
        Conversation.Group group = group(alice, "noise", HistoryAccess.JOINED, bob);

        answer(bob.client.muteConversation(group, Long.MAX_VALUE));
        answer(bob.client.muteConversation(group, 0));
        answer(bob.client.muteConversation(bob.client.conversationWith(alice.id), Long.MAX_VALUE));

        alice.say(group, "still told while online");
        bob.hears("1 create", "2 still told while online");
    }

    @Test
    void aDeviceThatWasAwayLearnsOfEditsAndRecallsInTheirOrder() throws Exception {
        InetSocketAddress gateway = StandaloneInTest.get().clients();
        try (TcpProxy line = new TcpProxy(gateway.getHostString(), gateway.getPort())) {
            User alice = user(MessagingScenarios.newUser(), "iphone");
            User bob = user(MessagingScenarios.newUser(), "android", new InetSocketAddress("127.0.0.1", line.port()));
            Conversation.Group group = group(alice, "away", HistoryAccess.JOINED, bob);
            alice.say(group, "one");
            alice.say(alice.client.conversationWith(bob.id), "aside");
            await().untilAsserted(
                            () -> assertThat(bob.heard.told).containsExactlyInAnyOrder("1 create", "2 one", "1 aside"));
            bob.heard.told.clear();

            line.refuse();
            await().until(() -> !bob.client.isConnected());
            CompletableFuture<SentMessage> waiting = bob.client.send(group, TEXT, "as soon as I can");
            alice.say(group, "two");
            answer(alice.client.edit(group, 2, "ONE"));
            answer(alice.client.recall(group, 3));
            answer(alice.client.groups().update(group.groupId(), "still away", null, null));
            alice.say(group, "three");
            line.restore();

            assertThat(answer(waiting).msgId()).isEqualTo(8);
            bob.hears("3 ", "4 edit 2 ONE", "5 recall 3", "6 update", "7 three");
            alice.hears("8 as soon as I can");
        }
    }

    @Test
    void whoComesAndGoesHearsWhatIsTheirs() {
        User alice = user(MessagingScenarios.newUser(), "iphone");
        User bob = user(MessagingScenarios.newUser(), "android");
        Conversation.Group group = group(alice, "coming and going", HistoryAccess.JOINED);
        IntStream.range(0, 5).forEach(i -> alice.say(group, "before"));
        alice.client.groups().addMembers(group.groupId(), List.of(bob.id)).join();
        alice.say(group, "welcome");
        bob.hears("7 add", "8 welcome");
        assertThat(bob.history(group)).extracting(line -> line.split(" ")[0]).containsExactly("7", "8");

        alice.client.groups().removeMembers(group.groupId(), List.of(bob.id)).join();
        alice.say(group, "gone");
        bob.hears("7 add", "8 welcome", "9 remove");
        assertThat(refusalOf(bob.client.send(group, TEXT, "hey"))).isEqualTo(403);
        assertThat(refusalOf(bob.client.history(group, 10))).isEqualTo(403);

        alice.client.groups().addMembers(group.groupId(), List.of(bob.id)).join();
        alice.say(group, "welcome back");
        bob.hears("7 add", "8 welcome", "9 remove", "11 add", "12 welcome back");
        assertThat(answer(bob.client.unread()))
                .filteredOn(listed -> listed.conversation().equals(group))
                .extracting("count")
                .containsExactly(2L);
    }

    @Test
    void aGroupIsDescribedAndRuledByThoseWhoMay() {
        User alice = user(MessagingScenarios.newUser(), "iphone");
        User bob = user(MessagingScenarios.newUser(), "android");
        Conversation.Group group = group(alice, "rules", HistoryAccess.ALL, bob);
        long id = group.groupId();
        assertThat(answer(bob.client.groups().info(id)))
                .isEqualTo(new GroupInfo(id, "rules", Inviters.ADMINISTRATORS, HistoryAccess.ALL, 0, 2));
        assertThat(refusalOf(bob.client.groups().update(id, "mine", null, null)))
                .isEqualTo(403);

        answer(alice.client.groups().muteMembers(id, List.of(bob.id), Long.MAX_VALUE));
        assertThat(refusalOf(bob.client.send(group, TEXT, "mmh"))).isEqualTo(403);
        await().untilAsserted(() -> assertThat(answer(alice.client.groups().members(id)))
                .containsExactlyInAnyOrder(
                        new GroupMember(alice.id, Role.OWNER, 0),
                        new GroupMember(bob.id, Role.MEMBER, Long.MAX_VALUE)));
        answer(alice.client.groups().unmuteMembers(id, List.of(bob.id)));
        assertThat(answer(alice.client.groups().unmuteMembers(id, List.of(bob.id)))
                        .msgId())
                .as("nothing was to be changed")
                .isZero();
        assertThat(bob.say(group, "thank you")).isEqualTo(4);

        assertThat(refusalOf(alice.client.groups().leave(id))).isEqualTo(409);
        answer(alice.client.groups().giveRole(id, List.of(bob.id), Role.OWNER));
        answer(alice.client.groups().leave(id));
        answer(bob.client.groups().dissolve(id));
        await().untilAsserted(() ->
                assertThat(refusalOf(bob.client.groups().info(id))).isEqualTo(403));
        bob.hears("1 create", "2 mute", "3 mute", "5 role", "6 leave");
        assertThat(bob.heard.groupChanges.get(3).change())
                .isEqualTo(new GroupChange.GiveRole(List.of(bob.id), Role.OWNER));
        assertThat(answer(bob.client.unread()))
                .noneMatch(listed -> listed.conversation().equals(group));
    }

    @Test
    void aGroupOfHundredsIsListedWhole() {
        User alice = user(MessagingScenarios.newUser(), "iphone");
        var others = IntStream.range(0, 450)
                .mapToObj(i -> MessagingScenarios.newUser())
                .toList();
        long group = answer(alice.client.groups().create("many", others, Inviters.MEMBERS, HistoryAccess.JOINED));

        assertThat(answer(alice.client.groups().members(group)))
                .hasSize(451)
                .extracting(GroupMember::userId)
                .doesNotHaveDuplicates()
                .containsAll(others);
        assertThat(answer(alice.client.groups().info(group)).memberCount()).isEqualTo(451);
    }

    @Test
    void aClientOfVersion1HearsGroupsToo() {
        User alice = user(MessagingScenarios.newUser(), "iphone");
        RecordingListener heard = new RecordingListener();
        long old = MessagingScenarios.newUser();
        InetSocketAddress gateway = StandaloneInTest.get().clients();
        User carol = new User(
                old,
                LinboxClient.create(
                        ClientSettings.of(gateway.getHostString(), gateway.getPort(), old)
                                .pingInterval(Duration.ofSeconds(1))
                                .build(),
                        heard),
                heard);
        users.add(carol);
        answer(carol.client.connect());
        Conversation.Group group = group(alice, "old and new", HistoryAccess.JOINED, carol);
        alice.say(group, "hi");
        answer(alice.client.edit(group, 2, "hello"));

        carol.hears("1 create", "2 hi", "3 edit 2 hello");
        assertThat(carol.say(group, "hello from 2015")).isEqualTo(4);
        alice.hears("4 hello from 2015");
        assertThat(answer(carol.client.history(group, 10)))
                .extracting(Message::msgId)
                .containsExactly(1L, 2L, 3L, 4L);
    }
}
