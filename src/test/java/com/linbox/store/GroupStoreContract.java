package com.linbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.group.Group;
import com.linbox.group.GroupChange;
import com.linbox.group.GroupRules;
import com.linbox.group.GroupState;
import com.linbox.group.GroupUpdate;
import com.linbox.group.HistoryAccess;
import com.linbox.group.Inviters;
import com.linbox.group.Member;
import com.linbox.group.Members;
import com.linbox.group.Membership;
import com.linbox.group.Role;
import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.Message;
import com.linbox.message.SendOutcome;
import com.linbox.testing.SqlEngine;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine must do for groups. One database a test class; every test has users and a group of its own. */
abstract class GroupStoreContract {

    private static final long NOW = 1_700_000_000_123L;
    private static final AtomicLong IDS = new AtomicLong(1000);
    private static final Map<SqlEngine, HikariDataSource> POOLS = new ConcurrentHashMap<>();
    private static final GroupRules RULES = new GroupRules(1_000_000);

    private final SqlEngine engine;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Numbering numbering = new Numbering(10_000);

    private HikariDataSource pool;
    private GroupStore store;
    private MessageStore messages;

    private final long owner = IDS.incrementAndGet();
    private final long anna = IDS.incrementAndGet();
    private final long bert = IDS.incrementAndGet();
    private final long carl = IDS.incrementAndGet();
    private final Conversation.Group conversation = new Conversation.Group(IDS.incrementAndGet());
    private final long groupId = conversation.groupId();
    private long request;

    GroupStoreContract(SqlEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() throws Exception {
        pool = POOLS.get(engine);
        if (pool == null) {
            pool = TestDatabase.migratedPool(engine.newDatabase());
            POOLS.put(engine, pool);
        }
        store = new JdbcGroupStore(pool, new StoreMeters(registry));
        messages = new JdbcMessageStore(pool, new StoreMeters(registry));
    }

    @AfterAll
    static void close() {
        POOLS.values().forEach(HikariDataSource::close);
        POOLS.clear();
    }

    @Test
    void aGroupComesBackAsItWasMade() throws Exception {
        String name = "caf\u00e9 \uD83D\uDE00 'quoted'";

        SendOutcome outcome = change(
                null, new GroupChange.Create(name, owner, List.of(anna, bert), Inviters.MEMBERS, HistoryAccess.JOINED));

        assertThat(outcome).isEqualTo(new SendOutcome.Stored(event(1).stored(1, NOW)));
        GroupState loaded = load();
        assertThat(loaded.group())
                .isEqualTo(new Group(groupId, name, Inviters.MEMBERS, HistoryAccess.JOINED, 0, false, 1));
        assertThat(members(loaded))
                .containsExactlyInAnyOrder(
                        new Member(owner, Role.OWNER, 0, 0),
                        new Member(anna, Role.MEMBER, 0, 0),
                        new Member(bert, Role.MEMBER, 0, 0));
        assertThat(messages.pull(conversation, 0, 10, 10)).containsExactly(event(1).stored(1, NOW));
    }

    @Test
    void aGroupThatNeverWasIsNone() {
        assertThat(store.load(groupId)).isNull();
    }

    @Test
    void everyChangeIsReadBackWholeAndByItsDifference() throws Exception {
        create(anna, bert);
        send(3);
        GroupState first = load();
        List<GroupChange> changes = List.of(
                new GroupChange.Add(List.of(carl)),
                new GroupChange.GiveRole(List.of(anna), Role.ADMINISTRATOR),
                new GroupChange.Mute(List.of(bert, carl), Long.MAX_VALUE),
                new GroupChange.MuteAll(NOW + 1000),
                new GroupChange.Update("other", Inviters.ADMINISTRATORS, HistoryAccess.ALL),
                new GroupChange.Remove(List.of(bert, anna)),
                new GroupChange.Add(List.of(bert)),
                new GroupChange.GiveRole(List.of(carl), Role.OWNER),
                new GroupChange.Leave(),
                new GroupChange.Dissolve());
        GroupState known = first;
        for (GroupChange change : changes) {
            GroupUpdate update = decide(known, change);
            long msgId = msgId(store.change(event(++request), update, numbering, NOW));

            GroupState expected = known.after(update, msgId);
            assertSame(store.refresh(known), expected);
            assertSame(load(), expected);
            assertSame(store.refresh(first), expected);
            known = expected;
        }
        assertThat(known.group().dissolved()).isTrue();
        assertThat(known.group().version()).isEqualTo(14);
        assertThat(store.refresh(known)).isSameAs(known);
        assertThat(members(known))
                .containsExactlyInAnyOrder(
                        new Member(carl, Role.OWNER, 4, Long.MAX_VALUE), new Member(bert, Role.MEMBER, 10, 0));
    }

    @Test
    void aReplayedChangeChangesNothing() throws Exception {
        create(anna);
        GroupState before = load();
        GroupUpdate update = decide(before, new GroupChange.Add(List.of(bert)));
        store.change(event(50), update, numbering, NOW);
        change(load(), new GroupChange.Remove(List.of(bert)));
        GroupState after = load();

        SendOutcome replay = store.change(event(50), update, numbering, NOW + 1);
        SendOutcome elsewhere = store.change(event(50), update, new Numbering(1), NOW + 1);

        assertThat(replay).isEqualTo(new SendOutcome.Duplicate(event(50).stored(2, NOW)));
        assertThat(elsewhere).isEqualTo(replay);
        assertSame(load(), after);
        assertThat(messages.newestMsgIds(List.of(conversation))).containsEntry(conversation, 3L);
        assertThat(count("duplicate")).isEqualTo(2);
        assertThat(count("stored")).isEqualTo(3);
    }

    @Test
    void aChangeFromAnOlderStateIsNotMade() throws Exception {
        create(anna);
        GroupState old = load();
        change(old, new GroupChange.Add(List.of(bert)));
        GroupUpdate late = decide(old, new GroupChange.Add(List.of(carl)));

        assertThatThrownBy(() -> store.change(event(60), late, new Numbering(1), NOW))
                .isInstanceOf(StaleGroupException.class);
        assertThatThrownBy(() -> create(carl)).isInstanceOf(StaleGroupException.class);

        GroupState now = store.refresh(old);
        assertThat(now.group().version()).isEqualTo(2);
        assertThat(messages.stored(List.of(event(60)))).isEmpty();
        assertThat(msgId(store.change(event(60), decide(now, new GroupChange.Add(List.of(carl))), numbering, NOW)))
                .isEqualTo(3);
    }

    @Test
    void aChangeThatTheDatabaseRefusesLeavesNoEvent() throws Exception {
        create(anna);
        GroupState before = load();
        GroupUpdate tooLong = decide(before, new GroupChange.Update("n".repeat(Group.MAX_NAME + 1), null, null));

        SendOutcome outcome = store.change(event(70), tooLong, numbering, NOW);

        assertThat(outcome).isInstanceOf(SendOutcome.Refused.class);
        assertThat(messages.stored(List.of(event(70)))).isEmpty();
        assertSame(load(), before);
        assertThat(msgId(change(before, new GroupChange.Add(List.of(bert))))).isEqualTo(2);
        assertThat(count("refused")).isEqualTo(1);
    }

    @Test
    void anEventWithoutRoomLeavesTheGroupAsItIs() throws Exception {
        create(anna);
        GroupState before = load();
        Draft tooLarge = new Draft(conversation, owner, 71, "text/plain", "x".repeat(Batch.MAX_CONTENT + 1));

        assertThat(store.change(tooLarge, decide(before, new GroupChange.Dissolve()), numbering, NOW))
                .isInstanceOf(SendOutcome.Refused.class);

        assertSame(load(), before);
    }

    @Test
    void anEventOfAnotherConversationIsNone() throws Exception {
        create(anna);
        GroupUpdate update = decide(load(), new GroupChange.Dissolve());

        assertThatThrownBy(() -> store.change(
                        new Draft(new Conversation.Group(groupId + 1_000_000), owner, 1, "", ""),
                        update,
                        numbering,
                        NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writersOfOneGroupLeaveNoGapAndLoseNoChange() throws Exception {
        create();
        int writers = 3;
        int changes = 15;
        CyclicBarrier start = new CyclicBarrier(writers);
        List<Callable<Void>> work = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            long first = 10_000_000L + groupId * 1000 + writer * 100;
            work.add(() -> {
                Numbering own = new Numbering(10);
                start.await();
                GroupState known = load();
                for (long user = first; user < first + changes; user++) {
                    known = addUntilDone(known, user, own);
                    messages.append(List.of(new Draft(conversation, user, 1, "text/plain", "hello")), own, NOW);
                }
                return null;
            });
        }

        inParallel(work);

        List<Message> stored = messages.pull(conversation, 0, Long.MAX_VALUE, 1000);
        int expected = 1 + 2 * writers * changes;
        assertThat(stored.stream().mapToLong(Message::msgId).toArray())
                .isEqualTo(LongStream.rangeClosed(1, expected)
                        .map(i -> expected + 1 - i)
                        .toArray());
        GroupState loaded = load();
        assertThat(loaded.members().size()).isEqualTo(1 + writers * changes);
        for (Message message : stored) {
            if (message.requestId() > 1_000_000) {
                Member member = Objects.requireNonNull(loaded.member(message.requestId()));
                assertThat(member.sinceMsgId()).isEqualTo(message.msgId() - 1);
            }
        }
    }

    /** As a router does that finds another one at work on the group. */
    private GroupState addUntilDone(GroupState known, long userId, Numbering own) throws Exception {
        GroupState state = known;
        while (true) {
            GroupUpdate update = decide(state, new GroupChange.Add(List.of(userId)));
            try {
                long msgId = msgId(store.change(event(userId), update, own, NOW));
                return state.after(update, msgId);
            } catch (StaleGroupException e) {
                state = store.refresh(state);
            }
        }
    }

    @Test
    void whoComesBackHasNothingToReadFromTheTimeBetween() throws Exception {
        create(anna);
        change(load(), new GroupChange.GiveRole(List.of(anna), Role.ADMINISTRATOR));
        change(load(), new GroupChange.Mute(List.of(anna), Long.MAX_VALUE));
        change(load(), new GroupChange.Remove(List.of(anna)));
        assertThat(load().member(anna)).isNull();
        assertThat(store.groupsOf(List.of(anna))).isEmpty();
        send(5);

        change(load(), new GroupChange.Add(List.of(anna)));

        assertThat(load().member(anna)).isEqualTo(new Member(anna, Role.MEMBER, 9, 0));
        assertThat(store.groupsOf(List.of(anna)))
                .containsExactly(Map.entry(anna, List.of(new Membership(groupId, anna, 9, HistoryAccess.JOINED))));
    }

    @Test
    void groupsOfUsersAreThoseThatAreNotOver() throws Exception {
        create(anna, bert);
        long secondGroup = groupId + 10_000_000;
        long overGroup = groupId + 20_000_000;
        insertOriginalMember(secondGroup, anna, true, 12);
        insertOriginalMember(secondGroup, bert, false, 12);
        insertOriginalMember(overGroup, anna, true, 0);
        GroupState over = Objects.requireNonNull(store.load(overGroup));
        store.change(
                new Draft(new Conversation.Group(overGroup), owner, 1, "text/plain", "over"),
                RULES.decide(over, overGroup, owner, true, new GroupChange.Dissolve()),
                numbering,
                NOW);
        Membership first = new Membership(groupId, anna, 0, HistoryAccess.JOINED);
        Membership second = new Membership(secondGroup, anna, 12, HistoryAccess.ALL);
        Membership berts = new Membership(groupId, bert, 0, HistoryAccess.JOINED);

        Map<Long, List<Membership>> groups = store.groupsOf(List.of(anna, bert, carl, anna));

        assertThat(groups.keySet()).containsExactlyInAnyOrder(anna, bert);
        assertThat(groups.get(anna)).containsExactlyInAnyOrder(first, second);
        assertThat(groups.get(bert)).containsExactly(berts);
        assertThat(store.groupsOf(List.of())).isEmpty();

        List<GroupStore.Key> keys = new ArrayList<>();
        for (long user : List.of(anna, bert, carl, anna)) {
            for (long group : List.of(groupId, secondGroup, overGroup, groupId + 30_000_000)) {
                keys.add(new GroupStore.Key(group, user));
            }
        }
        assertThat(store.memberships(keys))
                .containsOnly(
                        Map.entry(new GroupStore.Key(groupId, anna), first),
                        Map.entry(new GroupStore.Key(secondGroup, anna), second),
                        Map.entry(new GroupStore.Key(groupId, bert), berts));
        assertThat(store.memberships(List.of())).isEmpty();
    }

    @Test
    void manyUsersAreAskedForInParts() throws Exception {
        long[] users = LongStream.range(0, 1203)
                .map(i -> 20_000_000_000L + groupId * 10_000 + i)
                .toArray();
        create(users);
        List<Long> asked = LongStream.of(users).boxed().toList();

        assertThat(store.groupsOf(asked)).hasSize(1203);
        assertThat(store.memberships(asked.stream()
                        .map(user -> new GroupStore.Key(groupId, user))
                        .toList()))
                .hasSize(1203);
    }

    @Test
    void aGroupIsDescribedWithoutItsMembersAndTheyComeInPages() throws Exception {
        long[] users = LongStream.range(0, 25)
                .map(i -> 30_000_000_000L + groupId * 1_000 + i)
                .toArray();
        create(users);
        change(load(), new GroupChange.Remove(List.of(users[3])));
        change(load(), new GroupChange.Mute(List.of(users[4]), NOW));

        assertThat(store.group(groupId)).isEqualTo(load().group());
        assertThat(store.memberCount(groupId)).isEqualTo(25);
        List<Member> first = store.members(groupId, 0, 10);
        List<Member> rest = store.members(groupId, first.get(9).userId(), 100);
        assertThat(first).hasSize(10).isSortedAccordingTo(Comparator.comparingLong(Member::userId));
        List<Member> all = new ArrayList<>(first);
        all.addAll(rest);
        assertThat(all).containsExactlyInAnyOrderElementsOf(members(load()));
        assertThat(store.members(groupId, users[24], 10)).isEmpty();

        long original = groupId + 40_000_000;
        insertOriginalMember(original, anna, true, 7);
        assertThat(store.group(original)).isEqualTo(Group.ofOriginal(original));
        assertThat(store.group(original + 1)).isNull();
        assertThat(store.memberCount(original + 1)).isZero();
    }

    @Test
    void aHundredThousandMembersAreAddedAndReadQuickly() throws Exception {
        int size = 100_000;
        int atOnce = 1000;
        create();
        GroupState state = load();
        long begin = System.nanoTime();
        for (int from = 1; from < size; from += atOnce) {
            List<Long> users = LongStream.range(from, Math.min(from + atOnce, size))
                    .map(i -> 30_000_000_000L + i)
                    .boxed()
                    .toList();
            GroupUpdate update = decide(state, new GroupChange.Add(users));
            state = state.after(update, msgId(store.change(event(++request), update, numbering, NOW)));
        }
        long added = System.nanoTime();
        GroupState loaded = load();
        long read = System.nanoTime();
        change(loaded, new GroupChange.Mute(List.of(30_000_000_001L), Long.MAX_VALUE));
        GroupState refreshed = store.refresh(loaded);
        long end = System.nanoTime();
        System.out.printf(
                "%s: %d members added in %d ms, read in %d ms, one changed and refreshed in %d ms%n",
                engine.getClass().getSimpleName(),
                size,
                TimeUnit.NANOSECONDS.toMillis(added - begin),
                TimeUnit.NANOSECONDS.toMillis(read - added),
                TimeUnit.NANOSECONDS.toMillis(end - read));

        assertThat(loaded.members().size()).isEqualTo(size);
        assertSame(loaded, state);
        assertThat(Objects.requireNonNull(refreshed.member(30_000_000_001L)).mutedUntil())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aGroupOfTheOriginalIsOneWithoutAName() throws Exception {
        insertOriginalMember(groupId, anna, true, 7);
        insertOriginalMember(groupId, bert, false, 7);

        GroupState loaded = load();

        assertThat(loaded.group()).isEqualTo(Group.ofOriginal(groupId));
        assertThat(members(loaded)).containsExactly(new Member(anna, Role.MEMBER, 7, 0));
        assertThat(store.refresh(loaded)).isSameAs(loaded);

        GroupUpdate update = RULES.decide(loaded, groupId, owner, true, new GroupChange.Update("named", null, null));
        store.change(event(1), update, numbering, NOW);

        assertSame(load(), loaded.after(update, 1));
        assertSame(store.refresh(loaded), loaded.after(update, 1));
    }

    @Test
    void aGroupOfTheOriginalThatAllHaveLeftStillIs() throws Exception {
        insertOriginalMember(groupId, anna, false, 7);

        assertSame(load(), new GroupState(Group.ofOriginal(groupId), Members.none()));
    }

    @Test
    void aRevisionIsMadeWithItsEventAndOnce() {
        for (Conversation where : List.of(conversation, new Conversation.Session(anna, bert))) {
            Draft first = new Draft(where, anna, 1, "text/plain", "before");
            Draft second = new Draft(where, anna, 2, "text/plain", "another");
            Draft event = new Draft(where, anna, 3, "event", "revised 1");
            messages.append(List.of(first, second), numbering, NOW);

            SendOutcome outcome = messages.append(event, new Revision(1, "text/html", "after"), numbering, NOW + 5);
            SendOutcome replay = messages.append(event, new Revision(1, "text/html", "again"), numbering, NOW + 9);

            assertThat(outcome).isEqualTo(new SendOutcome.Stored(event.stored(3, NOW + 5)));
            assertThat(replay).isEqualTo(new SendOutcome.Duplicate(event.stored(3, NOW + 5)));
            assertThat(messages.pull(where, 0, 10, 10))
                    .containsExactly(
                            event.stored(3, NOW + 5),
                            second.stored(2, NOW),
                            new Draft(where, anna, 1, "text/html", "after").stored(1, NOW));
            assertThat(messages.stored(List.of(event, first, new Draft(where, bert, 1, "text/plain", ""))))
                    .containsExactlyInAnyOrder(
                            event.stored(3, NOW + 5), new Draft(where, anna, 1, "text/html", "after").stored(1, NOW));
        }
    }

    @Test
    void aRevisionThatCannotBeLeavesNoEvent() {
        Draft first = new Draft(conversation, anna, 1, "text/plain", "before");
        Draft event = new Draft(conversation, anna, 2, "event", "revised 1");
        messages.append(List.of(first), numbering, NOW);

        assertThatThrownBy(() -> messages.append(event, new Revision(5, "", ""), numbering, NOW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(messages.append(event, new Revision(1, "m".repeat(Batch.MAX_MIME_TYPE + 1), ""), numbering, NOW))
                .isInstanceOf(SendOutcome.Refused.class);

        assertThat(messages.pull(conversation, 0, 10, 10)).containsExactly(first.stored(1, NOW));
    }

    @Test
    void anAbsentTableIsNoReasonToRefuse() throws Exception {
        try (HikariDataSource empty = TestDatabase.pool(engine.newDatabase())) {
            GroupStore broken = new JdbcGroupStore(empty, new StoreMeters(registry));

            assertThatThrownBy(() -> broken.load(groupId)).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> broken.groupsOf(List.of(anna))).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> broken.change(
                            event(1),
                            decide(
                                    new GroupState(Group.ofOriginal(groupId), Members.none()),
                                    new GroupChange.MuteAll(1)),
                            numbering,
                            NOW))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    private void create(long... userIds) throws Exception {
        change(
                null,
                new GroupChange.Create(
                        "group",
                        owner,
                        LongStream.of(userIds).boxed().toList(),
                        Inviters.MEMBERS,
                        HistoryAccess.JOINED));
    }

    private SendOutcome change(GroupState state, GroupChange change) throws Exception {
        return store.change(event(++request), decide(state, change), numbering, NOW);
    }

    private GroupUpdate decide(GroupState state, GroupChange change) throws Exception {
        return Objects.requireNonNull(
                RULES.decide(state, groupId, owner, !(change instanceof GroupChange.Leave), change));
    }

    private Draft event(long requestId) {
        return new Draft(conversation, owner, requestId, "application/vnd.linbox.group-event+json", "{}");
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            messages.append(
                    List.of(new Draft(conversation, owner, 1000 + ++request, "text/plain", "hello")), numbering, NOW);
        }
    }

    private GroupState load() {
        return Objects.requireNonNull(store.load(groupId));
    }

    private void insertOriginalMember(long group, long user, boolean visible, long since) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO group_members (GroupId, AccountId, Visible, SinceMsgID, Created, Updated)"
                    + " VALUES (" + group + ", " + user + ", " + (visible ? 1 : 0) + ", " + since + ", 1, 1)");
        }
    }

    private double count(String outcome) {
        return registry.get("linbox.store.messages")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static long msgId(SendOutcome outcome) {
        return ((SendOutcome.Stored) outcome).message().msgId();
    }

    private static void assertSame(GroupState actual, GroupState expected) {
        assertThat(actual.group()).isEqualTo(expected.group());
        assertThat(members(actual)).isEqualTo(members(expected));
    }

    private static List<Member> members(GroupState state) {
        List<Member> members = new ArrayList<>();
        state.members().forEach(members::add);
        return members;
    }

    private static void inParallel(List<Callable<Void>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
