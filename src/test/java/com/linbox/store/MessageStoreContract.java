package com.linbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.ErrorCode;
import com.linbox.message.Message;
import com.linbox.message.SendOutcome;
import com.linbox.testing.SqlEngine;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine must do for the store. One database a test class; every test has users and groups of its own. */
abstract class MessageStoreContract {

    private static final long NOW = 1_700_000_000_123L;
    private static final long LATER = NOW + 60_000;
    private static final AtomicLong IDS = new AtomicLong(1000);
    private static final Map<SqlEngine, HikariDataSource> POOLS = new ConcurrentHashMap<>();

    private final SqlEngine engine;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Numbering numbering = new Numbering(10_000);

    private HikariDataSource pool;
    private MessageStore store;

    private final long alice = IDS.incrementAndGet();
    private final long bob = IDS.incrementAndGet();
    private final Conversation.Session chat = new Conversation.Session(alice, bob);
    private final Conversation.Group group = new Conversation.Group(IDS.incrementAndGet());

    MessageStoreContract(SqlEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() throws Exception {
        pool = POOLS.get(engine);
        if (pool == null) {
            pool = TestDatabase.migratedPool(engine.newDatabase());
            POOLS.put(engine, pool);
        }
        store = storeOn(pool);
    }

    @AfterAll
    static void close() {
        POOLS.values().forEach(HikariDataSource::close);
        POOLS.clear();
    }

    @Test
    void msgIdsAreDenseFromOneInTheOrderGiven() {
        List<SendOutcome> outcomes = append(
                draft(chat, alice, 1, "a"),
                draft(group, alice, 1, "b"),
                draft(chat, bob, 1, "c"),
                draft(chat, alice, 2, "d"),
                draft(group, bob, 1, "e"));
        List<SendOutcome> more = append(draft(chat, alice, 3, "f"), draft(group, bob, 2, "g"));

        assertThat(outcomes)
                .containsExactly(
                        new SendOutcome.Stored(message(chat, alice, 1, 1, "a")),
                        new SendOutcome.Stored(message(group, alice, 1, 1, "b")),
                        new SendOutcome.Stored(message(chat, bob, 1, 2, "c")),
                        new SendOutcome.Stored(message(chat, alice, 2, 3, "d")),
                        new SendOutcome.Stored(message(group, bob, 1, 2, "e")));
        assertThat(more)
                .containsExactly(
                        new SendOutcome.Stored(message(chat, alice, 3, 4, "f")),
                        new SendOutcome.Stored(message(group, bob, 2, 3, "g")));
        assertThat(contents(chat)).containsExactly("f", "d", "c", "a");
        assertThat(contents(group)).containsExactly("g", "e", "b");
    }

    @Test
    void freshCountersGoOnWhereTheConversationStands() {
        append(draft(chat, alice, 1, "a"), draft(chat, alice, 2, "b"));

        List<SendOutcome> outcomes = store.append(List.of(draft(chat, bob, 1, "c")), new Numbering(1), NOW);

        assertThat(msgIds(outcomes)).containsExactly(3L);
    }

    @Test
    void moreConversationsThanCountersAreNumberedAlike() {
        Numbering one = new Numbering(1);
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            drafts.add(draft(i % 2 == 0 ? chat : group, alice, i, "x"));
        }

        store.append(drafts.subList(0, 11), one, NOW);
        store.append(drafts.subList(11, 30), one, NOW);

        assertDense(chat, 15);
        assertDense(group, 15);
    }

    @Test
    void retryOfAnAckedSendStoresNothing() {
        append(draft(chat, alice, 7, "first"), draft(group, alice, 7, "first in group"));

        List<SendOutcome> retry = store.append(
                List.of(draft(chat, alice, 7, "retry"), draft(group, alice, 7, "retry")), numbering, LATER);

        assertThat(retry)
                .containsExactly(
                        new SendOutcome.Duplicate(message(chat, alice, 7, 1, "first")),
                        new SendOutcome.Duplicate(message(group, alice, 7, 1, "first in group")));
        assertThat(contents(chat)).containsExactly("first");
        assertThat(contents(group)).containsExactly("first in group");
    }

    @Test
    void retryInTheSameBatchStoresNothing() {
        List<SendOutcome> outcomes =
                append(draft(chat, alice, 1, "a"), draft(chat, alice, 1, "again"), draft(chat, alice, 2, "b"));

        assertThat(outcomes)
                .containsExactly(
                        new SendOutcome.Stored(message(chat, alice, 1, 1, "a")),
                        new SendOutcome.Duplicate(message(chat, alice, 1, 1, "a")),
                        new SendOutcome.Stored(message(chat, alice, 2, 2, "b")));
        assertThat(registry.get("linbox.store.messages")
                        .tag("outcome", "duplicate")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void retriesAmongNewOnesLeaveNoGap() {
        append(draft(chat, alice, 1, "a"), draft(chat, alice, 2, "b"));

        List<SendOutcome> outcomes = append(
                draft(chat, alice, 3, "c"),
                draft(chat, alice, 2, "b"),
                draft(chat, alice, 4, "d"),
                draft(chat, alice, 1, "a"),
                draft(chat, alice, 4, "d"));

        assertThat(msgIds(outcomes)).containsExactly(3L, 2L, 4L, 1L, 4L);
        assertThat(contents(chat)).containsExactly("d", "c", "b", "a");
    }

    @Test
    void replayOfAWholeBatchStoresNothing() {
        List<Draft> drafts = LongStream.rangeClosed(1, 700)
                .mapToObj(i -> draft(i % 3 == 0 ? group : chat, alice, i, "m" + i))
                .toList();
        List<SendOutcome> first = store.append(drafts, numbering, NOW);

        List<SendOutcome> replay = store.append(drafts, new Numbering(10), LATER);

        assertThat(replay).allMatch(SendOutcome.Duplicate.class::isInstance);
        assertThat(msgIds(replay)).isEqualTo(msgIds(first));
        assertDense(chat, 467);
        assertDense(group, 233);
    }

    @Test
    void requestIdsAreEachSendersOwnInEachConversation() {
        Conversation.Session otherChat = new Conversation.Session(alice, IDS.incrementAndGet());

        List<SendOutcome> outcomes = append(
                draft(chat, alice, 1, "a"),
                draft(chat, bob, 1, "b"),
                draft(otherChat, alice, 1, "c"),
                draft(group, alice, 1, "d"));

        assertThat(outcomes).allMatch(SendOutcome.Stored.class::isInstance);
    }

    @Test
    void writersWithStaleCountersLeaveNoGapAndKeepEachSendersOrder() throws Exception {
        int writers = 4;
        int batches = 25;
        List<Conversation> shared = List.of(chat, group, new Conversation.Group(IDS.incrementAndGet()));
        CyclicBarrier start = new CyclicBarrier(writers);

        List<Callable<Void>> work = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            long sender = writer % 2 == 0 ? alice : bob;
            long firstRequest = writer * 1_000_000L;
            work.add(() -> {
                Numbering own = new Numbering(100);
                start.await();
                for (int batch = 0; batch < batches; batch++) {
                    List<Draft> drafts = new ArrayList<>();
                    for (int i = 0; i < 6; i++) {
                        long request = firstRequest + batch * 10 + i;
                        drafts.add(draft(shared.get(i % shared.size()), sender, request, "r" + request));
                    }
                    assertThat(store.append(drafts, own, NOW)).allMatch(SendOutcome.Stored.class::isInstance);
                }
                return null;
            });
        }
        inParallel(work);

        for (Conversation conversation : shared) {
            List<Message> stored = assertDense(conversation, writers * batches * 2);
            Map<Long, Long> newestRequest = new HashMap<>();
            for (int i = stored.size() - 1; i >= 0; i--) {
                long request = stored.get(i).requestId();
                Long before = newestRequest.put(request / 1_000_000L, request);
                assertThat(before == null || before < request).isTrue();
            }
        }
    }

    @Test
    void twoRoutersWithTheSameRecordsStoreEachOnce() throws Exception {
        List<Draft> drafts = LongStream.rangeClosed(1, 300)
                .mapToObj(i -> draft(i % 2 == 0 ? chat : group, alice, i, "m" + i))
                .toList();
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Void> router = () -> {
            Numbering own = new Numbering(10);
            start.await();
            for (int from = 0; from < drafts.size(); from += 20) {
                store.append(drafts.subList(from, from + 20), own, NOW);
            }
            return null;
        };

        inParallel(List.of(router, router));

        assertDense(chat, 150);
        assertDense(group, 150);
    }

    @Test
    void aRowThatTheDatabaseRefusesCostsTheOthersNothing() throws Exception {
        long outcast = IDS.incrementAndGet();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "ALTER TABLE im_session_message ADD CONSTRAINT no_outcast CHECK (FromUserID <> " + outcast + ")");
        }
        Conversation.Session outcasts = new Conversation.Session(alice, outcast);
        append(draft(chat, alice, 0, "stored before"));
        List<Draft> drafts = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            drafts.add(draft(chat, alice, i, "good"));
            drafts.add(draft(group, alice, i, "good"));
            drafts.add(draft(outcasts, i == 11 || i == 30 ? outcast : alice, i, "perhaps"));
        }
        drafts.add(draft(chat, alice, 0, "a retry"));

        List<SendOutcome> outcomes = store.append(drafts, numbering, NOW);

        assertThat(outcomes.stream().filter(SendOutcome.Refused.class::isInstance))
                .hasSize(2);
        assertThat(outcomes.get(32)).isInstanceOf(SendOutcome.Refused.class);
        assertThat(outcomes.get(89)).isInstanceOf(SendOutcome.Refused.class);
        assertThat(outcomes.get(120)).isInstanceOf(SendOutcome.Duplicate.class);
        assertDense(chat, 41);
        assertDense(group, 40);
        assertDense(outcasts, 38);
        assertThat(msgIds(append(draft(outcasts, alice, 99, "next")))).containsExactly(39L);
        assertThat(registry.get("linbox.store.retries")
                        .tag("reason", "refused")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void whatNoColumnHoldsIsRefusedWithAReason() {
        List<SendOutcome> outcomes = append(
                new Draft(chat, alice, 1, "m".repeat(Batch.MAX_MIME_TYPE + 1), "content"),
                draft(chat, alice, 2, "x".repeat(Batch.MAX_CONTENT + 1)),
                new Draft(chat, alice, 3, "é".repeat(Batch.MAX_MIME_TYPE), "content"));

        assertThat(outcomes.get(0))
                .isEqualTo(new SendOutcome.Refused(
                        ErrorCode.INVALID_VALUE, "mime_type: 256 characters (expected: at most 255)"));
        assertThat(outcomes.get(1)).isInstanceOf(SendOutcome.Refused.class);
        assertThat(msgIds(outcomes.subList(2, 3))).containsExactly(1L);
    }

    @Test
    void aBatchOfLargeContentsIsStoredWhole() {
        String large = "\uD83D\uDE00'\\\"\n".repeat(8 * 1024);
        List<Draft> drafts = LongStream.rangeClosed(1, 40)
                .mapToObj(i -> draft(chat, alice, i, i + large))
                .toList();

        store.append(drafts, numbering, NOW);
        store.append(List.of(draft(group, alice, 1, "€".repeat(Batch.MAX_CONTENT))), numbering, NOW);

        assertDense(chat, 40);
        assertThat(contents(chat).get(0)).isEqualTo("40" + large);
        assertThat(contents(group).get(0)).isEqualTo("€".repeat(Batch.MAX_CONTENT));
    }

    @Test
    void aRetryInTheLastStatementOfALongBatchRollsAllOfItBack() {
        append(draft(group, alice, 5, "before"));
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 2 * Chunks.MAX_ROWS + 1; i++) {
            drafts.add(draft(chat, alice, i, "m"));
        }
        drafts.add(draft(group, alice, 5, "retry"));
        drafts.add(draft(group, alice, 6, "new"));

        List<SendOutcome> outcomes = store.append(drafts, numbering, NOW);

        assertDense(chat, 2 * Chunks.MAX_ROWS + 1);
        assertThat(msgIds(outcomes.subList(outcomes.size() - 2, outcomes.size())))
                .containsExactly(1L, 2L);
        assertDense(group, 2);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void anyUnicodeComesBackAsItWas(String text) {
        append(draft(chat, alice, 1, text), draft(group, alice, 1, text), new Draft(chat, alice, 2, text, ""));

        assertThat(contents(chat)).containsExactly("", text);
        assertThat(store.pull(chat, 1, 2, 1).get(0).mimeType()).isEqualTo(text);
        assertThat(contents(group)).containsExactly(text);
    }

    static Stream<String> texts() {
        return Stream.of(
                "",
                " leading and trailing ",
                "\uD83D\uDE00\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\uD83C\uDDE9\uD83C\uDDEA",
                "null\u0000byte",
                "\u0001\u0002\t\r\n\u001f\u007f\u0085\u2028",
                "e\u0301 versus \u00e9, a\u030a versus \u00e5",
                "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
                "quotes ' '' \" ` and \\ \\\\ \\' % _ ; -- /* */ #",
                "\u4e2d\u6587 \u65e5\u672c\u8a9e \uD840\uDC0B \uDBFF\uDFFF \uFFFE\uFFFF \uFEFF",
                "? ?? :name {ts '2020-01-01'} ${placeholder}");
    }

    @Test
    void theLargestIdsFit() {
        Conversation.Session longest = new Conversation.Session(Long.MAX_VALUE, Long.MAX_VALUE - IDS.incrementAndGet());
        Conversation.Group largest = new Conversation.Group(Long.MAX_VALUE - IDS.incrementAndGet());

        append(
                draft(longest, Long.MAX_VALUE, Long.MAX_VALUE, "a"),
                draft(longest, Long.MAX_VALUE, Long.MIN_VALUE, "b"),
                draft(largest, Long.MAX_VALUE, -1, "c"));

        assertThat(contents(longest)).containsExactly("b", "a");
        assertThat(store.newest(List.of(longest, largest)).keySet()).containsExactlyInAnyOrder(longest, largest);
    }

    @Test
    void aUserMayTalkToThemself() {
        Conversation.Session self = new Conversation.Session(alice, alice);

        assertThat(msgIds(append(draft(self, alice, 1, "note")))).containsExactly(1L);
        assertThat(contents(self)).containsExactly("note");
    }

    @Test
    void pullIsARangeNewestFirst() {
        for (Conversation conversation : List.of(chat, group)) {
            for (int i = 1; i <= 10; i++) {
                append(draft(conversation, alice, i, "m" + i));
            }
            assertThat(pulled(conversation, 0, 10, 100)).containsExactly(10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
            assertThat(pulled(conversation, 3, 7, 100)).containsExactly(7L, 6L, 5L, 4L);
            assertThat(pulled(conversation, 3, 7, 2)).containsExactly(7L, 6L);
            assertThat(pulled(conversation, 0, Long.MAX_VALUE, 1)).containsExactly(10L);
            assertThat(pulled(conversation, 10, 20, 5)).isEmpty();
            assertThat(pulled(conversation, 7, 3, 5)).isEmpty();
        }
        assertThat(store.pull(new Conversation.Session(alice, IDS.incrementAndGet()), 0, 10, 10))
                .isEmpty();
    }

    @Test
    void newestOfManyConversations() {
        List<Conversation> conversations = new ArrayList<>();
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            long id = IDS.incrementAndGet();
            Conversation conversation = i % 2 == 0 ? new Conversation.Group(id) : new Conversation.Session(alice, id);
            conversations.add(conversation);
            for (int message = 0; message < i % 4; message++) {
                drafts.add(draft(conversation, alice, message, "m" + message));
            }
        }
        store.append(drafts, numbering, NOW);

        Map<Conversation, Message> newest = store.newest(conversations);
        Map<Conversation, Long> msgIds = store.newestMsgIds(conversations);

        for (int i = 0; i < 250; i++) {
            Conversation conversation = conversations.get(i);
            assertThat(msgIds).containsEntry(conversation, (long) (i % 4));
            if (i % 4 == 0) {
                assertThat(newest).doesNotContainKey(conversation);
            } else {
                long last = i % 4;
                assertThat(newest)
                        .containsEntry(conversation, message(conversation, alice, last - 1, last, "m" + (last - 1)));
            }
        }
        assertThat(store.newest(List.of())).isEmpty();
        assertThat(store.newestMsgIds(Collections.nCopies(3, chat))).containsExactly(Map.entry(chat, 0L));
    }

    @Test
    void tablesThatAreNotThereAreNoReasonToRefuse() throws Exception {
        try (HikariDataSource empty = TestDatabase.pool(engine.newDatabase())) {
            MessageStore broken = storeOn(empty);

            assertThatThrownBy(() -> broken.append(List.of(draft(chat, alice, 1, "a")), numbering, NOW))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> broken.pull(chat, 0, 1, 1)).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> broken.newest(List.of(chat))).isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(registry.get("linbox.store.unavailable").counter().count()).isEqualTo(3);
    }

    private MessageStore storeOn(HikariDataSource dataSource) {
        return new JdbcMessageStore(dataSource, new StoreMeters(registry));
    }

    private List<SendOutcome> append(Draft... drafts) {
        return store.append(List.of(drafts), numbering, NOW);
    }

    private static Draft draft(Conversation conversation, long sender, long request, String content) {
        return new Draft(conversation, sender, request, "text/plain", content);
    }

    private static Message message(Conversation conversation, long sender, long request, long msgId, String content) {
        return new Message(conversation, sender, request, msgId, "text/plain", content, NOW);
    }

    private List<String> contents(Conversation conversation) {
        return store.pull(conversation, 0, Long.MAX_VALUE, 1000).stream()
                .map(Message::content)
                .toList();
    }

    private List<Long> pulled(Conversation conversation, long after, long upTo, int limit) {
        return store.pull(conversation, after, upTo, limit).stream()
                .map(Message::msgId)
                .toList();
    }

    /** All messages, newest first. */
    private List<Message> assertDense(Conversation conversation, int expected) {
        List<Message> messages = store.pull(conversation, 0, Long.MAX_VALUE, Integer.MAX_VALUE);
        assertThat(messages.stream().mapToLong(Message::msgId))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, expected)
                        .map(i -> expected + 1 - i)
                        .boxed()
                        .toList());
        return messages;
    }

    private static List<Long> msgIds(List<SendOutcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome instanceof SendOutcome.Stored stored
                        ? stored.message().msgId()
                        : ((SendOutcome.Duplicate) outcome).first().msgId())
                .toList();
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
