package com.linbox.faults;

import com.linbox.client.ClientEventLoops;
import com.linbox.client.ClientListener;
import com.linbox.client.GroupChanged;
import com.linbox.client.LinboxClient;
import com.linbox.client.UnreadConversation;
import com.linbox.group.GroupChange;
import com.linbox.message.Conversation;
import com.linbox.message.Message;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Users who talk in pairs and in groups, and a back end that writes to them; everything they see goes into a history. */
final class Workload implements AutoCloseable {

    /** How long a send is tried. */
    static final Duration DEADLINE = Duration.ofMinutes(3);

    /** As clients are. */
    private static final Duration HASTY = Duration.ofSeconds(3);

    /**
     * Longer than a cluster may take to be well again. These clients send again only after their connection broke, so that
     * a request which was dropped on the way is seen.
     */
    static final Duration PATIENT = Duration.ofMinutes(2);

    private static final String NAME = "name-";
    private static final long FIRST_USER = 7_000_001;
    private static final long BACK_END = 7_900_001;
    private static final int GROUP_SIZE = 6;
    private static final int WINDOW = 4;
    private static final int PAGE = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final History history = new History();
    private final Progress progress = new Progress();
    private final FaultCluster cluster;
    private final EventLoopGroup loops = ClientEventLoops.create(1);
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<Chatter> chatters = new ArrayList<>();
    private final Map<Conversation, Set<Long>> members = new HashMap<>();
    private final Set<Long> alwaysThere = new HashSet<>();
    private volatile boolean open = true;
    private volatile boolean ticking = true;

    /**
     * Signs everybody in and makes the groups.
     *
     * @param users an even number; every other one has several messages under way at once, half of them are patient
     */
    Workload(FaultCluster cluster, int users, int groups, Random random) throws Exception {
        this.cluster = cluster;
        InetSocketAddress server = cluster.clients().address();
        for (int i = 0; i < users; i++) {
            chatters.add(new Chatter(
                    FIRST_USER + i,
                    i % 2 == 0 ? 1 : WINDOW,
                    i % 4 < 2 ? HASTY : PATIENT,
                    server,
                    loops,
                    this,
                    random.nextLong()));
            alwaysThere.add(FIRST_USER + i);
        }
        for (Chatter chatter : chatters) {
            chatter.connect();
        }
        Map<Long, List<Conversation>> talks = new HashMap<>();
        for (int i = 0; i + 1 < users; i += 2) {
            converse(
                    new Conversation.Session(FIRST_USER + i, FIRST_USER + i + 1),
                    talks,
                    Set.of(FIRST_USER + i, FIRST_USER + i + 1));
        }
        for (int i = 0; i < groups; i++) {
            Chatter owner = chatters.get(i % users);
            Set<Long> all = new HashSet<>(Set.of(owner.user()));
            while (all.size() < Math.min(GROUP_SIZE, users)) {
                all.add(FIRST_USER + random.nextInt(users));
            }
            converse(makeGroup(owner, all), talks, all);
        }
        for (Chatter chatter : chatters) {
            members.put(new Conversation.Session(BACK_END, chatter.user()), Set.of(BACK_END, chatter.user()));
            chatter.talkIn(talks.get(chatter.user()));
        }
    }

    private void converse(Conversation conversation, Map<Long, List<Conversation>> talks, Set<Long> users) {
        members.put(conversation, users);
        users.forEach(
                user -> talks.computeIfAbsent(user, nobody -> new ArrayList<>()).add(conversation));
    }

    private Conversation makeGroup(Chatter owner, Set<Long> all) throws Exception {
        long before = history.now();
        String name = name(owner.user());
        Conversation group = owner.makeGroup(
                name, all.stream().filter(user -> user != owner.user()).toList());
        history.add(new Event.Sent(before, owner.user(), group, name));
        history.add(new Event.Acked(history.now(), name, Event.Acked.NOT_TOLD, 1));
        return group;
    }

    /** @param pause between two attempts of each user to send one more */
    void start(Duration pause, Random random) {
        Thread backEnd = new Thread(
                new BackEndSender(BACK_END, List.copyOf(alwaysThere), cluster.backEnds(), this, random.nextLong()),
                "back-end");
        backEnd.setDaemon(true);
        backEnd.start();
        ticks.scheduleAtFixedRate(
                () -> {
                    if (ticking) {
                        chatters.forEach(Chatter::tick);
                    }
                },
                0,
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    boolean isOpen() {
        return open;
    }

    History history() {
        return history;
    }

    Progress progress() {
        return progress;
    }

    /** Nobody sends anything new. */
    void stop() {
        open = false;
        ticking = false;
    }

    String content(long user) {
        return user + "-" + numbers.getAndIncrement();
    }

    String name(long user) {
        return NAME + content(user);
    }

    static boolean isName(String content) {
        return content.startsWith(NAME);
    }

    static String nameOf(GroupChange change) {
        if (change instanceof GroupChange.Create create) {
            return create.name();
        }
        return change instanceof GroupChange.Update update ? String.valueOf(update.name()) : change.toString();
    }

    void sent(long user, Conversation conversation, String content) {
        long now = history.now();
        Set<Long> recipients = new HashSet<>(members.get(conversation));
        recipients.retainAll(alwaysThere);
        recipients.remove(user);
        history.add(new Event.Sent(now, user, conversation, content));
        progress.sent(now, content, recipients);
    }

    void acked(String content, long requestId, long msgId) {
        long now = history.now();
        history.add(new Event.Acked(now, content, requestId, msgId));
        progress.acked(now, content);
    }

    void unanswered(String content, String why) {
        history.add(new Event.Unanswered(history.now(), content, why));
        progress.givenUp(content);
    }

    void received(long user, Conversation conversation, long msgId, long sender, String content, boolean live) {
        long now = history.now();
        history.add(new Event.Received(now, user, conversation, msgId, sender, content, live));
        if (live) {
            progress.received(now, content, user);
        }
    }

    void reads(long user, Conversation conversation, long msgId, boolean acked) {
        history.add(new Event.ReadTo(history.now(), user, conversation, msgId, acked));
    }

    /** Signs everybody in once more, as another device that asks for everything, and holds all against the database. */
    List<Violation> check() throws Exception {
        Map<Long, List<Conversation>> byUser = new HashMap<>();
        members.forEach((conversation, users) -> users.forEach(user ->
                byUser.computeIfAbsent(user, nobody -> new ArrayList<>()).add(conversation)));
        for (var user : byUser.entrySet()) {
            askForEverything(user.getKey(), user.getValue());
        }
        return new Checker(history.events(), rows(), members, alwaysThere).check();
    }

    private void askForEverything(long user, List<Conversation> conversations) throws Exception {
        try (LinboxClient client = LinboxClient.create(
                Chatter.settings(user, cluster.clients().address(), "phone", PATIENT),
                new ClientListener() {},
                loops)) {
            client.connect().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            Map<Conversation, UnreadConversation> listed = new HashMap<>();
            client.unread()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .forEach(found -> listed.put(found.conversation(), found));
            for (Conversation conversation : conversations) {
                UnreadConversation found = listed.get(conversation);
                long newest = found == null ? 0 : found.newestMsgId();
                history.add(
                        new Event.Unread(history.now(), user, conversation, newest, found == null ? 0 : found.count()));
                pullAll(client, user, conversation, newest);
                if (conversation instanceof Conversation.Group group) {
                    String name = client.groups()
                            .info(group.groupId())
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .name();
                    history.add(new Event.Named(history.now(), user, conversation, name));
                }
            }
        }
    }

    private void pullAll(LinboxClient client, long user, Conversation conversation, long newest) throws Exception {
        for (long have = 0; have < newest; ) {
            List<Message> page = client.pull(conversation, Math.min(newest, have + PAGE), have, PAGE)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            for (int i = page.size() - 1; i >= 0; i--) {
                Message message = page.get(i);
                received(user, conversation, message.msgId(), message.senderId(), contentOf(message), false);
            }
            have = Math.min(newest, have + PAGE);
        }
    }

    private static String contentOf(Message message) {
        GroupChanged change = GroupChanged.of(message);
        return change == null ? message.content() : nameOf(change.change());
    }

    private List<Row> rows() throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Connection database = cluster.database();
                Statement statement = database.createStatement()) {
            read(
                    statement.executeQuery(
                            "SELECT SessionId AS Place, MsgID, FromUserID, RId, MimeType, Content, SendTime"
                                    + " FROM im_session_message"),
                    rows);
            read(
                    statement.executeQuery(
                            "SELECT GroupId AS Place, MsgID, FromUserID, RId, MimeType, Content, SendTime"
                                    + " FROM im_group_message"),
                    rows);
        }
        return rows;
    }

    private static void read(ResultSet result, List<Row> rows) throws SQLException {
        while (result.next()) {
            Message message = new Message(
                    Conversation.ofKey(result.getString("Place")),
                    result.getLong("FromUserID"),
                    result.getLong("RId"),
                    result.getLong("MsgID"),
                    result.getString("MimeType"),
                    result.getString("Content"),
                    result.getLong("SendTime"));
            rows.add(new Row(
                    message.conversation(),
                    message.msgId(),
                    message.senderId(),
                    message.requestId(),
                    contentOf(message)));
        }
    }

    @Override
    public void close() {
        stop();
        ticks.shutdownNow();
        chatters.forEach(Chatter::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
