package com.linbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.testing.KafkaEngine;
import com.linbox.testing.LinboxProcess;
import com.linbox.testing.MariaDbEngine;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WireClient;
import com.linbox.testing.WithEngines;
import com.linbox.testing.ZooKeeperEngine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two instances of the rpc role, a gateway with a router, and those who call: a Java program with Dubbo 3, curl, and a program
 * built against the original with Dubbo 2.7. Each is a process of its own.
 */
@WithEngines({KafkaEngine.class, ZooKeeperEngine.class, RedisEngine.class, MariaDbEngine.class})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RpcIT {

    private static final String SECRET = "the-secret-of-the-back-end";
    private static final int SYSTEM_MESSAGE = 15;
    private static final int READERS = 26;
    private static final Pattern RPC = Pattern.compile("LINBOX is ready.*rpc dubbo://([^: ]+):(\\d+).*");
    private static final Pattern HTTP = Pattern.compile("LINBOX is ready.*http http://([^: ]+):(\\d+).*");
    private static final AtomicLong USERS = new AtomicLong(710_000);

    private static final Map<String, String> properties = new HashMap<>();
    private static final List<LinboxProcess> processes = new ArrayList<>();
    private static LinboxProcess gateway;
    private static LinboxProcess one;
    private static LinboxProcess other;
    private static Caller dubbo;
    private static Caller curl;

    /** By what means a call is made. */
    enum By {
        DUBBO,
        CURL;

        Caller caller() {
            return this == DUBBO ? dubbo : curl;
        }
    }

    @BeforeAll
    static void start(KafkaEngine kafka, ZooKeeperEngine zooKeeper, RedisEngine redis, MariaDbEngine mariaDb)
            throws Exception {
        Stream.of(kafka, zooKeeper, redis).forEach(engine -> properties.putAll(engine.properties()));
        properties.putAll(mariaDb.newDatabase().springProperties());
        properties.put("linbox.credential.mode", "token");
        properties.put("server.port", "0");
        properties.put("linbox.zookeeper.session-timeout", "3s");
        gateway = startLinbox("gateway,router", Map.of("linbox.gateway.port", "0"));
        Map<String, String> rpc = Map.of(
                "linbox.rpc.port", "0", "linbox.rpc.secret", SECRET, "linbox.credential.content-keys", "dynamic");
        one = startLinbox("rpc", rpc);
        other = startLinbox("rpc", rpc);
        dubbo = DubboCaller.start(zooKeeper.connect(), SECRET);
        processes.forEach(LinboxProcess::awaitReady);
        curl = new CurlCaller(address(one, RPC), SECRET);
    }

    private static LinboxProcess startLinbox(String role, Map<String, String> more) throws IOException {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(more);
        all.put("spring.profiles.active", role);
        LinboxProcess process = LinboxProcess.start("rpc-it-" + role.replace(',', '-'), all);
        processes.add(process);
        return process;
    }

    private static InetSocketAddress address(LinboxProcess process, Pattern line) {
        Matcher found = line.matcher(process.output());
        assertThat(found.find()).as(process.output()).isTrue();
        return new InetSocketAddress(found.group(1), Integer.parseInt(found.group(2)));
    }

    @AfterAll
    static void stop() throws Exception {
        if (dubbo != null) {
            dubbo.close();
        }
        for (LinboxProcess process : processes) {
            process.close();
        }
    }

    private static long newUser() {
        return USERS.incrementAndGet();
    }

    private static String json(String text, Object... values) {
        return text.replace('\'', '"').formatted(values);
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void livingGatewaysAreTold(By by) throws Exception {
        Awaitility.await().untilAsserted(() -> {
            JsonNode gateways =
                    by.caller().call("GatewayService", "gateways", "{}").path("gateways");
            assertThat(gateways).hasSize(1);
            assertThat(gateways.get(0).path("port").asInt())
                    .isEqualTo(gateway.clients().getPort());
        });
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void aTokenLetsItsUserInUntilItIsTakenBack(By by) throws Exception {
        long user = newUser();
        JsonNode issued = by.caller()
                .call(
                        "CredentialService",
                        "issue",
                        json("{'userId':'%d','device':'phone','lifetimeSeconds':60}", user));
        assertThat(issued.path("token").asString()).as("%s", issued).isNotEmpty();
        assertThat(issued.path("contentKey").asString()).isNotEmpty();
        assertThat(issued.path("expiresAt").asLong()).isGreaterThan(System.currentTimeMillis());
        assertThat(issued.path("gateways")).hasSize(1);

        String token = issued.path("token").asString();
        assertThat(signIn(user, token, "phone")).isEqualTo(200);
        assertThat(signIn(user, token, "tablet")).isEqualTo(401);
        JsonNode revoked =
                by.caller().call("CredentialService", "revoke", json("{'userId':'%d','token':'%s'}", user, token));
        assertThat(revoked.path("tokens").asInt()).isEqualTo(1);
        assertThat(signIn(user, token, "phone")).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void takingBackAllTokensEndsTheSessions(By by) throws Exception {
        long user = newUser();
        try (WireClient client = signedIn(by, user)) {
            JsonNode revoked =
                    by.caller().call("CredentialService", "revokeAll", json("{'userId':'%d','reason':'left'}", user));
            assertThat(revoked.path("tokens").asInt()).isEqualTo(1);
            assertThat(revoked.path("sessions").asInt()).isEqualTo(1);
            assertThat(client.expect(WireClient.OFFLINE_INFO).path("reason").asString())
                    .isEqualTo("left");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void aMessageIsStoredOnceAndReachesItsRecipient(By by) throws Exception {
        long sender = newUser();
        long recipient = newUser();
        String request = json(
                "{'senderId':'%d','recipientId':'%d','requestId':'9007199254740993','content':'grüße 📱'}",
                sender, recipient);
        try (WireClient client = signedIn(by, recipient)) {
            JsonNode sent = by.caller().call("MessageService", "send", request);
            assertThat(sent.path("msgId").asLong()).as("%s", sent).isEqualTo(1);
            JsonNode pushed = client.expect(WireClient.NEW_MESSAGE);
            assertThat(pushed.path("msg").path("content").asString()).isEqualTo("grüße 📱");

            JsonNode again = by.caller().call("MessageService", "send", request);
            assertThat(again).isEqualTo(sent);
            assertThat(again.path("requestId").asString()).isEqualTo("9007199254740993");
        }
        JsonNode history = by.caller()
                .call("HistoryService", "history", json("{'userId':'%d','partnerId':'%d'}", recipient, sender));
        assertThat(history.path("messages")).hasSize(1);
        assertThat(history.path("messages").get(0).path("content").asString()).isEqualTo("grüße 📱");
        assertThat(history.path("more").asBoolean()).isFalse();
        JsonNode unread = by.caller().call("HistoryService", "unread", json("{'userId':'%d'}", recipient));
        JsonNode conversation = unread.path("conversations").get(0);
        assertThat(conversation.path("unread").asLong()).isEqualTo(1);
        assertThat(conversation.path("partnerId").asString()).isEqualTo(Long.toString(sender));
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void historyAndConversationsComeInPages(By by) throws Exception {
        long user = newUser();
        for (int i = 1; i <= 3; i++) {
            by.caller()
                    .call(
                            "MessageService",
                            "send",
                            json(
                                    "{'senderId':'%d','recipientId':'%d','requestId':'%d','content':'%d'}",
                                    user, user - 100_000 - (i == 3 ? 1 : 0), i, i));
        }
        JsonNode newest = by.caller()
                .call(
                        "HistoryService",
                        "history",
                        json("{'userId':'%d','partnerId':'%d','limit':1}", user, user - 100_000));
        assertThat(newest.path("messages").get(0).path("msgId").asLong()).isEqualTo(2);
        assertThat(newest.path("more").asBoolean()).isTrue();
        JsonNode first =
                by.caller().call("HistoryService", "unread", json("{'userId':'%d','offset':0,'limit':1}", user));
        assertThat(first.path("nextOffset").asInt()).isEqualTo(1);
        JsonNode last =
                by.caller().call("HistoryService", "unread", json("{'userId':'%d','offset':1,'limit':1}", user));
        assertThat(last.path("nextOffset").asInt()).isZero();
        assertThat(last.path("conversations")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void aGroupIsMadeOnceAndItsMembersLearnOfIt(By by) throws Exception {
        long owner = newUser();
        long member = newUser();
        String request = json(
                "{'operatorId':'%d','requestId':'1','name':'many','history':'all','userIds':[%s,'%d']}",
                owner, users(999), member);
        try (WireClient client = signedIn(by, member)) {
            JsonNode made = by.caller().call("GroupService", "create", request);
            assertThat(made.path("msgId").asLong()).as("%s", made).isEqualTo(1);
            JsonNode event = client.expect(WireClient.NEW_MESSAGE);
            assertThat(event.path("group_id").asString())
                    .isEqualTo(made.path("groupId").asString());
            assertThat(event.path("msg").path("content").asString()).contains("\"action\":\"create\"");

            assertThat(by.caller().call("GroupService", "create", request)).isEqualTo(made);
            String group = made.path("groupId").asString();
            String more = json(
                    "{'operatorId':'%d','groupId':'%s','requestId':'2','userIds':[%s]}", newUser(), group, users(1000));
            JsonNode added = by.caller().call("GroupService", "addMembers", more);
            assertThat(added.path("msgId").asLong()).as("%s", added).isEqualTo(2);
            assertThat(by.caller().call("GroupService", "addMembers", more)).isEqualTo(added);
            assertThat(client.expect(WireClient.NEW_MESSAGE)
                            .path("msg")
                            .path("content")
                            .asString())
                    .contains("\"count\":1000");

            JsonNode info = by.caller().call("GroupService", "info", json("{'groupId':'%s'}", group));
            assertThat(info.path("memberCount").asInt()).as("%s", info).isEqualTo(2001);
            assertThat(info.path("name").asString()).isEqualTo("many");
            assertThat(info.path("history").asString()).isEqualTo("all");
            JsonNode events = by.caller().call("HistoryService", "history", json("{'groupId':'%s'}", group));
            assertThat(events.path("messages")).hasSize(2);
            Set<String> listed = new HashSet<>();
            String after = "";
            do {
                JsonNode page = by.caller()
                        .call(
                                "GroupService",
                                "members",
                                json("{'groupId':'%s','after':'%s','limit':999}", group, after));
                page.path("members")
                        .forEach(found -> listed.add(found.path("userId").asString()));
                after = page.path("after").asString("");
            } while (!after.isEmpty());
            assertThat(listed).hasSize(2001).contains(Long.toString(owner), Long.toString(member));
        }
    }

    private static String users(int count) {
        return Stream.generate(() -> json("'%d'", newUser())).limit(count).collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void whatABackEndDoesToAGroupNeedsNoRight(By by) throws Exception {
        long owner = newUser();
        long member = newUser();
        JsonNode id = by.caller()
                .call(
                        "GroupService",
                        "create",
                        json(
                                "{'operatorId':'%d','requestId':'1','groupId':'%d','userIds':['%d']}",
                                owner, owner, member));
        assertThat(id.path("groupId").asString()).as("%s", id).isEqualTo(Long.toString(owner));
        long group = owner;
        assertThat(changed(by, "update", group, 2, "'name':'renamed','invite':'members'"))
                .isEqualTo(2);
        assertThat(changed(by, "update", group, 3, "'name':'renamed'")).isZero();
        assertThat(changed(by, "giveRole", group, 4, "'role':'owner','userIds':['%d']".formatted(member)))
                .isEqualTo(3);
        assertThat(changed(by, "muteMembers", group, 5, "'until':-1,'userIds':['%d']".formatted(owner)))
                .isEqualTo(4);
        String send = "{'senderId':'%d','groupId':'%d','requestId':'%d','content':'hi'}";
        assertFailure(by, "MessageService", "send", send.formatted(owner, group, 6), "MUTED", "You may not");
        assertThat(changed(by, "muteMembers", group, 7, "'until':0,'userIds':['%d']".formatted(owner)))
                .isEqualTo(5);
        assertThat(changed(by, "muteAll", group, 8, "'until':-1")).isEqualTo(6);
        String question = json("{'groupId':'%d'}", group);
        JsonNode info = by.caller().call("GroupService", "info", question);
        assertThat(info.path("mutedUntil").asLong()).as("%s", info).isEqualTo(-1);
        assertThat(info.path("name").asString()).isEqualTo("renamed");
        JsonNode members = by.caller().call("GroupService", "members", question).path("members");
        assertThat(members)
                .extracting(found -> found.path("role").asString())
                .containsExactly("administrator", "owner");
        assertThat(by.caller().call("GroupService", "groupsOf", json("{'userId':'%d'}", owner)))
                .isEqualTo(JsonMapper.shared().readTree(json("{'groupIds':['%d']}", group)));

        assertThat(changed(by, "removeMembers", group, 9, "'userIds':['%d']".formatted(owner)))
                .isEqualTo(7);
        assertFailure(by, "MessageService", "send", send.formatted(owner, group, 10), "NOT_MEMBER", "You are not");
        String change = "{'operatorId':'1','groupId':'%d','requestId':'%d'%s}";
        String theOwner = ",'userIds':['%d']".formatted(member);
        assertFailure(
                by, "GroupService", "removeMembers", change.formatted(group, 11, theOwner), "CONFLICT", "the owner");
        assertThat(changed(by, "dissolve", group, 12, "'deadlineMillis':20000")).isEqualTo(8);
        info = by.caller().call("GroupService", "info", question);
        assertThat(info.path("dissolved").asBoolean()).as("%s", info).isTrue();
        assertThat(by.caller()
                        .call("GroupService", "groupsOf", json("{'userId':'%d'}", member))
                        .path("groupIds"))
                .isEmpty();
        assertFailure(by, "GroupService", "members", question, "NO_SUCH_GROUP", "groupId");
        assertFailure(by, "GroupService", "dissolve", change.formatted(group, 13, ""), "NO_SUCH_GROUP", "groupId");
        assertFailure(by, "GroupService", "create", change.formatted(group, 14, ""), "CONFLICT", "groupId");
    }

    /** Carries a change out on behalf of a stranger and gives its event's place, 0 where there is none. */
    private static long changed(By by, String method, long group, int request, String fields) throws Exception {
        JsonNode changed = by.caller()
                .call(
                        "GroupService",
                        method,
                        json("{'operatorId':'1','groupId':'%d','requestId':'%d',%s}", group, request, fields));
        assertThat(changed.has("code")).as("%s", changed).isFalse();
        return changed.path("msgId").asLong();
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void membersHaveTheirGroupsMessagesAsClientsHave(By by) throws Exception {
        long sender = newUser();
        long late = newUser();
        long group = sender;
        String create = "{'operatorId':'%d','groupId':'%d','requestId':'1'}";
        by.caller().call("GroupService", "create", json(create, sender, group));
        String send = json("{'senderId':'%d','groupId':'%d','requestId':'2','content':'rude'}", sender, group);
        JsonNode sent = by.caller().call("MessageService", "send", send);
        assertThat(sent.path("msgId").asLong()).as("%s", sent).isEqualTo(2);
        assertThat(by.caller().call("MessageService", "send", send)).isEqualTo(sent);
        changed(by, "addMembers", group, 3, "'userIds':['%d']".formatted(late));

        JsonNode unread = by.caller().call("HistoryService", "unread", json("{'userId':'%d'}", late));
        JsonNode conversation = unread.path("conversations").get(0);
        assertThat(conversation.path("groupId").asLong()).as("%s", unread).isEqualTo(group);
        assertThat(conversation.path("unread").asLong()).isEqualTo(1);
        String history = "{'userId':'%d','groupId':'%d'}";
        assertThat(by.caller()
                        .call("HistoryService", "history", json(history, late, group))
                        .path("messages"))
                .hasSize(1);
        assertFailure(by, "HistoryService", "history", history.formatted(newUser(), group), "NOT_MEMBER", "userId");
        assertFailure(by, "HistoryService", "history", history.formatted(late, 77), "NO_SUCH_GROUP", "groupId");

        String edit = json("{'operatorId':'1','groupId':'%d','msgId':2,'requestId':'4','content':'kind'}", group);
        JsonNode edited = by.caller().call("MessageService", "edit", edit);
        assertThat(edited.path("changeMsgId").asLong()).as("%s", edited).isEqualTo(4);
        assertThat(by.caller().call("MessageService", "edit", edit)).isEqualTo(edited);
        String all = json("{'groupId':'%d','upToMsgId':2}", group);
        JsonNode rewritten = by.caller().call("HistoryService", "history", all).path("messages");
        assertThat(rewritten).hasSize(2);
        assertThat(rewritten.get(0).path("content").asString()).isEqualTo("kind");
        String recall = "{'operatorId':'1','groupId':'%d','msgId':%d,'requestId':'%d'}";
        JsonNode recalled = by.caller().call("MessageService", "recall", json(recall, group, 2, 5));
        assertThat(recalled.path("changeMsgId").asLong()).as("%s", recalled).isEqualTo(5);
        assertFailure(by, "MessageService", "recall", recall.formatted(group, 2, 6), "CONFLICT", "msgId");
        assertFailure(by, "MessageService", "recall", recall.formatted(group, 99, 7), "NO_SUCH_MESSAGE", "msgId");
        assertFailure(by, "MessageService", "recall", recall.formatted(77, 1, 8), "NO_SUCH_GROUP", "groupId");
    }

    @Test
    @Order(1)
    void anOperatorFromOutsideIsNoReaderOfTheGroup() throws Exception {
        long owner = newUser();
        curl.call("GroupService", "create", json("{'operatorId':'%d','groupId':'%d','requestId':'1'}", owner, owner));
        changed(By.CURL, "update", owner, 2, "'name':'by a stranger'");
        JsonNode issued = curl.call("CredentialService", "issue", json("{'userId':'%d','lifetimeSeconds':60}", owner));
        try (WireClient client = WireClient.ofVersion2(gateway.clients())) {
            client.signIn(owner, issued.path("token").asString(), "phone");
            client.send(READERS, json("{'r_id':1,'user_id':'%d','group_id':'%d','type':3,'msg_id':1}", owner, owner));
            assertThat(client.expect(READERS + 1).path("readers"))
                    .extracting(reader -> reader.path("user_id").asLong())
                    .containsExactly(owner);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void eitherEndsMessageIsRecalled(By by) throws Exception {
        long one = newUser();
        long other = newUser();
        String send = "{'senderId':'%d','recipientId':'%d','requestId':'1','content':'oops'}";
        by.caller().call("MessageService", "send", json(send, one, other));
        try (WireClient client = signedIn(by, one)) {
            String recall = "{'operatorId':'%d','partnerId':'%d','msgId':1,'requestId':'2'}";
            JsonNode recalled = by.caller().call("MessageService", "recall", json(recall, other, one));
            assertThat(recalled.path("changeMsgId").asLong()).as("%s", recalled).isEqualTo(2);
            assertThat(client.expect(WireClient.NEW_MESSAGE)
                            .path("msg")
                            .path("mime_type")
                            .asString())
                    .isEqualTo("application/vnd.linbox.message-change+json");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void systemMessagesReachWhomTheyAreForSoonerOrLaterAndEverybodyWhoIsOnline(By by) throws Exception {
        long user = newUser();
        long offline = newUser();
        try (WireClient client = signedIn(by, user)) {
            JsonNode one = by.caller()
                    .call(
                            "MessageService",
                            "sendSystem",
                            json("{'userIds':['%d','%d'],'systemType':3,'content':'one'}", user, offline));
            assertThat(one.path("sessions").asInt()).as("%s", one).isEqualTo(1);
            assertThat(client.expect(SYSTEM_MESSAGE).path("content").asString()).isEqualTo("one");
            JsonNode all =
                    by.caller().call("MessageService", "sendSystemToAll", json("{'systemType':4,'content':'all'}"));
            assertThat(all.has("sessions")).as("%s", all).isTrue();
            JsonNode received = client.expect(SYSTEM_MESSAGE);
            assertThat(received.path("content").asString()).isEqualTo("all");
            assertThat(received.path("system_type").asInt()).isEqualTo(4);
            assertThat(received.has("msg_id")).as("it is not stored").isFalse();
        }
        try (WireClient client = signedIn(by, offline)) {
            assertThat(client.expect(SYSTEM_MESSAGE).path("content").asString()).isEqualTo("one");
        }
        JsonNode unread = by.caller().call("HistoryService", "systemUnread", json("{'userId':'%d'}", offline));
        assertThat(unread)
                .isEqualTo(JsonMapper.shared()
                        .readTree(json("{'types':[{'systemType':3,'unread':1},{'systemType':10,'unread':0},"
                                + "{'systemType':30,'unread':0}]}")));
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void whoIsOnlineIsToldAndCanBeDisconnected(By by) throws Exception {
        long user = newUser();
        String question = json("{'userIds':['%d','%d']}", user, newUser());
        try (WireClient client = signedIn(by, user)) {
            JsonNode online =
                    by.caller().call("PresenceService", "online", question).path("users");
            assertThat(online).hasSize(1);
            assertThat(online.get(0).path("userId").asString()).isEqualTo(Long.toString(user));
            assertThat(online.get(0).path("sessions").get(0).path("device").asString())
                    .isEqualTo("phone");
            JsonNode none =
                    by.caller().call("PresenceService", "disconnect", json("{'userId':'%d','device':'tablet'}", user));
            assertThat(none.path("sessions").asInt()).isZero();
            JsonNode ended = by.caller()
                    .call(
                            "PresenceService",
                            "disconnect",
                            json("{'userId':'%d','device':'phone','reason':'be gone'}", user));
            assertThat(ended.path("sessions").asInt()).isEqualTo(1);
            assertThat(client.expect(WireClient.OFFLINE_INFO).path("reason").asString())
                    .isEqualTo("be gone");
        }
        Awaitility.await().untilAsserted(() -> assertThat(
                        by.caller().call("PresenceService", "online", question).path("users"))
                .isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void whatIsWrongIsNamed(By by) throws Exception {
        assertFailure(by, "MessageService", "send", "{'senderId':'x'}", "INVALID_ID", "senderId: x");
        assertFailure(by, "MessageService", "send", "{'senderId':'1'}", "MISSING_FIELD", "recipientId: missing");
        assertFailure(by, "MessageService", "send", "{'senderId':'1','groupId':'x'}", "INVALID_ID", "groupId: x");
        assertFailure(
                by,
                "MessageService",
                "send",
                "{'senderId':'1','recipientId':'2','groupId':'5'}",
                "INVALID_VALUE",
                "groupId: given together");
        assertFailure(by, "GroupService", "info", "{'groupId':'77'}", "NO_SUCH_GROUP", "groupId");
        String change = "{'operatorId':'1','groupId':'77','requestId':'1'%s}";
        assertFailure(by, "GroupService", "muteAll", change.formatted(""), "MISSING_FIELD", "until");
        assertFailure(by, "GroupService", "muteAll", change.formatted(",'until':0"), "NO_SUCH_GROUP", "groupId");
        String role = change.formatted(",'userIds':['1'],'role':'king'");
        assertFailure(by, "GroupService", "giveRole", role, "INVALID_VALUE", "role: unknown");
        String none = change.formatted(",'userIds':[]");
        assertFailure(by, "GroupService", "addMembers", none, "INVALID_VALUE", "userIds: 0");
        String byte7 = change.formatted(",'name':'\\u0007'");
        assertFailure(by, "GroupService", "update", byte7, "INVALID_VALUE", "name: 1");
        assertFailure(
                by,
                "MessageService",
                "send",
                "{'senderId':'1','recipientId':'2','requestId':'3','deadlineMillis':0}",
                "INVALID_VALUE",
                "deadlineMillis: 0");
        assertFailure(
                by,
                "MessageService",
                "send",
                "{'senderId':'1','recipientId':'2','requestId':'3','mimeType':'é'}",
                "INVALID_VALUE",
                "mimeType");
        assertFailure(
                by,
                "MessageService",
                "send",
                "{'senderId':'1','recipientId':'2','requestId':'3','content':'" + "x".repeat(20_000) + "'}",
                "CONTENT_TOO_LARGE",
                "content: 20000 bytes");
        assertFailure(by, "PresenceService", "online", "{'userIds':[]}", "INVALID_VALUE", "userIds: 0");
        assertFailure(by, "HistoryService", "unread", "{'userId':'1','limit':1000}", "INVALID_VALUE", "limit: 1000");
        assertFailure(
                by,
                "CredentialService",
                "issue",
                "{'userId':'1','lifetimeSeconds':0}",
                "INVALID_VALUE",
                "lifetimeSeconds: 0");
    }

    private static void assertFailure(By by, String service, String method, String request, String code, String text)
            throws Exception {
        JsonNode failure = by.caller().call(service, method, json(request));
        assertThat(failure.path("code").asString()).as("%s", failure).isEqualTo(code);
        assertThat(failure.path("message").asString()).startsWith(text).doesNotContain("com.linbox", "\tat ");
    }

    @Test
    @Order(1)
    void callersWithoutTheSecretAreRefusedAndCounted() throws Exception {
        InetSocketAddress rpc = address(one, RPC);
        for (String wrong : new String[] {null, "not-the-secret-of-the-back-end"}) {
            JsonNode refused = new CurlCaller(rpc, wrong).call("GatewayService", "gateways", "{}");
            assertThat(refused.path("code").asString()).isEqualTo("NOT_CERTIFIED");
        }
        InetSocketAddress http = address(one, HTTP);
        String meters = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://%s:%d/actuator/prometheus"
                                        .formatted(http.getHostString(), http.getPort())))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertThat(meters)
                .contains("linbox_rpc_callers_total{outcome=\"with_wrong_secret\"} 1.0")
                .contains("linbox_rpc_callers_total{outcome=\"without_secret\"} 1.0")
                .contains(
                        "linbox_rpc_calls_seconds_count{method=\"GatewayService.gateways\",outcome=\"not_certified\"}");
    }

    @Test
    @Order(1)
    void nobodyBeyondLoopbackReachesIt() throws Exception {
        int port = address(one, RPC).getPort();
        List<InetAddress> beyond = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();
        for (InetAddress address : beyond) {
            assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    @Order(1)
    void aBackEndOfTheOriginalGoesOnWithItsOldClasses(ZooKeeperEngine zooKeeper) throws Exception {
        long sender = newUser();
        long recipient = newUser();
        try (WireClient client = signedIn(By.CURL, recipient)) {
            String create = "{'operatorId':'%d','groupId':'%d','requestId':'1','userIds':['%d']}";
            curl.call("GroupService", "create", json(create, sender, sender, recipient));
            client.expect(WireClient.NEW_MESSAGE);
            Map<String, String> results = runOldCaller(zooKeeper.connect(), sender, recipient);

            String clients = gateway.clients().getAddress().getHostAddress() + ":"
                    + gateway.clients().getPort();
            assertThat(results).containsEntry("getIMServerList", "[" + clients + "]");
            assertThat(results.get("getPassword")).matches("[A-Za-z0-9+/=]{16,}");
            assertThat(results).containsEntry("sendMessage", "done").containsEntry("sendSystemMessage", "done");
            assertThat(client.expect(WireClient.NEW_MESSAGE)
                            .path("msg")
                            .path("content")
                            .asString())
                    .isEqualTo("from an old caller");
            assertThat(results).containsEntry("sendMessage to a group", "done");
            JsonNode inGroup = client.expect(WireClient.NEW_MESSAGE);
            assertThat(inGroup.path("group_id").asLong()).isEqualTo(sender);
            assertThat(inGroup.path("msg").path("content").asString()).isEqualTo("to a group");
            assertThat(client.expect(SYSTEM_MESSAGE).path("content").asString()).isEqualTo("system of an old caller");
            long id = Long.parseLong(results.get("generateGroupId"));
            assertThat(id).isPositive().isLessThan(Long.parseLong(results.get("generateGroupId again")));
            assertThat(results.get("sendMessage to a group of others"))
                    .startsWith("java.lang.IllegalArgumentException: You are not a member")
                    .endsWith(" 0");
            assertThat(results.get("sendMessage to nobody"))
                    .startsWith("java.lang.IllegalArgumentException: to: nobody");
            assertThat(results.get("wrong secret")).startsWith("java.lang.IllegalStateException: authorization: wrong");
        }
    }

    private static Map<String, String> runOldCaller(String zooKeeper, long sender, long recipient) throws Exception {
        Path jars = Path.of("target", "old-caller");
        Path classes = Files.createDirectories(jars.resolve("classes"));
        String classPath = jars.resolve("*").toString();
        Path sources = Path.of("src", "test", "old-caller");
        List<String> javac =
                new ArrayList<>(List.of("-nowarn", "-proc:none", "--release", "8", "-d", classes.toString()));
        try (Stream<Path> files = Files.list(jars)) {
            String jarList = String.join(
                    System.getProperty("path.separator"),
                    files.map(Path::toString)
                            .filter(file -> file.endsWith(".jar"))
                            .toList());
            javac.addAll(List.of("-cp", jarList));
        }
        javac.add(sources.resolve("com/linbox/im/interfaces/IIMService.java").toString());
        javac.add(sources.resolve("OldCaller.java").toString());
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, javac.toArray(String[]::new)))
                .isZero();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.math=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes + System.getProperty("path.separator") + classPath,
                        "OldCaller",
                        zooKeeper,
                        SECRET,
                        Long.toString(sender),
                        Long.toString(recipient))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Files.writeString(
                Files.createDirectories(Path.of("target", "processes")).resolve("old-caller.log"), output);
        Map<String, String> results = new HashMap<>();
        output.lines().filter(line -> line.startsWith("RESULT ")).forEach(line -> {
            String[] parts = line.substring("RESULT ".length()).split(" = ", 2);
            results.put(parts[0], parts[1]);
        });
        assertThat(results).as(output).hasSize(10);
        return results;
    }

    @Test
    @Order(2)
    void callsGoOnWhenAnInstanceIsKilled() throws Exception {
        long sender = newUser();
        other.kill();
        for (int i = 1; i <= 20; i++) {
            JsonNode sent = dubbo.call(
                    "MessageService",
                    "send",
                    json("{'senderId':'%d','recipientId':'1','requestId':'%d','content':'x'}", sender, i));
            assertThat(sent.path("msgId").asLong()).as("%s", sent).isEqualTo(i);
        }
    }

    @Test
    @Order(3)
    void aKilledGatewayIsOutOfTheListAndItsUsersAreOffline() throws Exception {
        long user = newUser();
        String question = json("{'userIds':['%d']}", user);
        try (WireClient client = signedIn(By.CURL, user)) {
            assertThat(curl.call("PresenceService", "online", question).path("users"))
                    .hasSize(1);

            gateway.kill();

            assertThat(client.readToEnd()).isEmpty();
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(curl.call("GatewayService", "gateways", "{}").path("gateways"))
                        .isEmpty();
                assertThat(curl.call("PresenceService", "online", question).path("users"))
                        .isEmpty();
            });
        }
    }

    @Test
    @Order(4)
    void noSecretAndNoTokenIsInAnyLog() {
        for (LinboxProcess process : processes) {
            assertThat(process.output()).doesNotContain(SECRET, "grüße", "ERROR");
        }
    }

    private static WireClient signedIn(By by, long user) throws Exception {
        JsonNode issued =
                by.caller().call("CredentialService", "issue", json("{'userId':'%d','lifetimeSeconds':60}", user));
        WireClient client = new WireClient(gateway.clients());
        assertThat(authenticate(client, user, issued.path("token").asString(), "phone"))
                .isEqualTo(200);
        return client;
    }

    private static int signIn(long user, String token, String device) throws Exception {
        try (WireClient client = new WireClient(gateway.clients())) {
            return authenticate(client, user, token, device);
        }
    }

    private static int authenticate(WireClient client, long user, String token, String device) throws IOException {
        client.send(
                WireClient.AUTH,
                WireClient.object()
                        .put("user_id", Long.toString(user))
                        .put("token", token)
                        .put("device", device));
        return client.expect(WireClient.AUTH_RESPONSE).path("status").asInt();
    }
}
