package com.linbox.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.group.HistoryAccess;
import com.linbox.group.Membership;
import com.linbox.message.Conversation;
import com.linbox.message.Conversation.Group;
import com.linbox.message.Conversation.Session;
import com.linbox.message.Message;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an inbox promises, whatever Redis it is kept in. */
abstract class InboxContract {

    private static final long NOW = 1_700_000_000_000L;

    private final Inbox inbox = new RedisInbox();
    private RedisBatch batch;

    /** Users of this test, unknown to all others. */
    private final long alice = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 61);

    private final long bob = alice + 1;
    private final long carol = alice + 2;

    abstract RedisConnections redis();

    @BeforeEach
    void openBatch() {
        batch = redis().newBatch();
    }

    @AfterEach
    void closeBatch() {
        batch.close();
    }

    @Test
    void aMessageIsUnreadForItsRecipientAndReadByItsSender() {
        stored(message(alice, bob, 1));
        stored(message(alice, bob, 2));

        assertThat(entry(bob, alice)).isEqualTo(new InboxEntry(new Session(alice, bob), 2, 0));
        assertThat(entry(bob, alice).unread()).isEqualTo(2);
        assertThat(entry(alice, bob).unread()).isZero();
    }

    @Test
    void readingUpToAMessageLeavesTheLaterOnesUnread() {
        stored(message(alice, bob, 1), message(alice, bob, 2), message(alice, bob, 3));

        read(bob, alice, 2);

        assertThat(entry(bob, alice)).isEqualTo(new InboxEntry(new Session(alice, bob), 3, 2));
    }

    @Test
    void updatesInAnyOrderAndAnyNumberOfTimesComeToTheSame() {
        Random random = new Random(7);
        List<Runnable> updates = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            Message message = i % 3 == 0 ? message(bob, alice, i) : message(alice, bob, i);
            updates.add(() -> stored(message));
        }
        updates.add(() -> read(bob, alice, 7));
        updates.add(() -> read(bob, alice, 19));
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(updates, random);
            updates.subList(0, 15).forEach(Runnable::run);
        }
        updates.forEach(Runnable::run);

        assertThat(entry(bob, alice)).isEqualTo(new InboxEntry(new Session(alice, bob), 20, 19));
        assertThat(entry(alice, bob)).isEqualTo(new InboxEntry(new Session(alice, bob), 20, 20));
        assertThat(page(bob, 0, 10)).hasSize(1);
    }

    @Test
    void manyMessagesAtOnceComeToTheSameAsOneAtATime() {
        stored(message(alice, bob, 2), message(bob, alice, 3), message(alice, bob, 1), message(carol, bob, 1));

        assertThat(entry(bob, alice)).isEqualTo(new InboxEntry(new Session(alice, bob), 3, 3));
        assertThat(entry(alice, bob)).isEqualTo(new InboxEntry(new Session(alice, bob), 3, 2));
        assertThat(entry(bob, carol)).isEqualTo(new InboxEntry(new Session(carol, bob), 1, 0));
    }

    @Test
    void aMessageToOneselfIsRead() {
        stored(message(alice, alice, 1));

        assertThat(entry(alice, alice)).isEqualTo(new InboxEntry(new Session(alice, alice), 1, 1));
        assertThat(page(alice, 0, 10)).containsExactly(new InboxEntry(new Session(alice, alice), 1, 1));
    }

    @Test
    void aGroupsMessageIsUnreadForItsMembersAndReadByItsSender() {
        stored(groupMessage(bob, 1, 1_000), groupMessage(bob, 2, 2_000));

        assertThat(entry(membership(bob, 0))).isEqualTo(new InboxEntry(group(), 2, 2));
        assertThat(entry(membership(carol, 0))).isEqualTo(new InboxEntry(group(), 2, 0));
        assertThat(entry(membership(carol, 1)).unread()).isEqualTo(1);

        inbox.read(batch, carol, group(), 1);
        stored(groupMessage(carol, 3, 3_000));
        inbox.read(batch, carol, group(), 2);
        batch.execute();
        assertThat(entry(membership(carol, 0))).isEqualTo(new InboxEntry(group(), 3, 3));
        assertThat(entry(membership(bob, 0)).unread()).isEqualTo(1);
    }

    @Test
    void aGroupsMessagesAreOneCommandHoweverManyMembersHaveThem() {
        AtomicInteger commands = new AtomicInteger();
        RedisBatch counting = new RedisBatch() {
            @Override
            public <T> CompletableFuture<T> add(
                    Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
                commands.incrementAndGet();
                return batch.add(command);
            }

            @Override
            public void keepOrder() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void execute() {
                batch.execute();
            }

            @Override
            public void close() {
                // The batch is the test's.
            }
        };
        for (int i = 0; i < 50; i++) {
            inbox.read(batch, bob + i, group(), 1);
        }
        batch.execute();

        inbox.stored(counting, List.of(groupMessage(bob, 1, 1_000), groupMessage(carol, 2, 2_000)));
        counting.execute();

        assertThat(commands).hasValue(1);
        assertThat(entry(membership(bob, 0))).isEqualTo(new InboxEntry(group(), 2, 1));
    }

    @Test
    void whoHasReadAGroupUpToAMessageIsToldInPages() {
        List<Long> readers = new ArrayList<>();
        stored(groupMessage(alice, 20, 1_000));
        for (int i = 1; i <= 15; i++) {
            inbox.read(batch, bob + i, group(), i);
            readers.add(0, bob + i);
        }
        batch.execute();
        readers.add(0, alice);

        List<ReadPosition> first = readers(3, 0);
        List<ReadPosition> rest = readers(3, 10);
        assertThat(first).hasSize(10).startsWith(new ReadPosition(alice, 20), new ReadPosition(bob + 15, 15));
        assertThat(rest).hasSize(4).endsWith(new ReadPosition(bob + 3, 3));
        assertThat(readers(20, 0)).containsExactly(new ReadPosition(alice, 20));
        assertThat(readers(21, 0)).isEmpty();

        inbox.left(batch, alice, List.of(alice, bob + 15));
        batch.execute();
        assertThat(readers(14, 0)).containsExactly(new ReadPosition(bob + 14, 14));
    }

    @Test
    void groupsAndPairsStandInOneListByTheTimeOfTheirNewestMessages() {
        stored(message(alice, bob, 1, 1_000), groupMessage(carol, 1, 2_000), message(carol, alice, 1, 3_000));
        Membership known = membership(alice, 0);
        Membership unknown = new Membership(carol, alice, 7, HistoryAccess.ALL);
        List<InboxEntry> expected = List.of(
                new InboxEntry(new Session(carol, alice), 1, 0),
                new InboxEntry(group(), 1, 0),
                new InboxEntry(new Session(alice, bob), 1, 1),
                new InboxEntry(new Group(carol), 0, 7));

        assertThat(page(List.of(unknown, known), 0, 10)).isEqualTo(expected);
        for (int offset = 0; offset < 5; offset++) {
            int from = offset;
            assertThat(page(List.of(unknown, known), from, 2))
                    .isEqualTo(expected.subList(Math.min(from, 4), Math.min(from + 2, 4)));
        }
        assertThat(page(List.of(known), 1, Integer.MAX_VALUE)).isEqualTo(expected.subList(1, 3));
    }

    @Test
    void whatIsUnreadIsSummedUpOverPairsAndGroups() {
        assertThat(unread(alice, List.of())).isEqualTo(new UnreadTotal(0, Set.of()));

        stored(message(bob, alice, 1), message(bob, alice, 2), message(carol, alice, 7), message(alice, carol, 8));
        stored(message(alice, alice, 1), groupMessage(bob, 5, 1_000));
        Membership late = membership(alice, 3);
        assertThat(unread(alice, List.of())).isEqualTo(new UnreadTotal(2, Set.of()));
        assertThat(unread(alice, List.of(late, new Membership(bob, alice, 0, HistoryAccess.ALL))))
                .isEqualTo(new UnreadTotal(4, Set.of()));

        read(alice, bob, 1);
        inbox.read(batch, alice, group(), 4);
        batch.execute();
        assertThat(unread(alice, List.of(late)).count()).isEqualTo(2);
        assertThat(unread(bob, List.of()).count()).isZero();
    }

    @Test
    void whatIsMutedDoesNotCountUntilItsTimeIsOver() {
        stored(message(bob, alice, 2), message(carol, alice, 3), groupMessage(bob, 4, 1_000));
        Session withBob = new Session(alice, bob);
        Membership member = membership(alice, 0);

        assertThat(mute(withBob, NOW + 1)).isTrue();
        assertThat(mute(group(), Long.MAX_VALUE)).isTrue();
        assertThat(unread(alice, List.of(member))).isEqualTo(new UnreadTotal(3, Set.of(withBob, group())));
        assertThat(unread(alice, List.of(member), NOW + 1)).isEqualTo(new UnreadTotal(5, Set.of(group())));

        assertThat(mute(group(), 0)).isTrue();
        assertThat(mute(withBob, Long.MAX_VALUE)).isTrue();
        assertThat(unread(alice, List.of(member))).isEqualTo(new UnreadTotal(7, Set.of(withBob)));
    }

    @Test
    void whoLeavesAGroupHasItMutedNoMore() {
        mute(group(), Long.MAX_VALUE);

        inbox.left(batch, group().groupId(), List.of(alice));
        batch.execute();

        assertThat(unread(alice, List.of()).muted()).isEmpty();
    }

    @Test
    void oneMoreThanMayBeMutedIsRefusedUntilAnothersTimeIsOver() {
        for (int i = 0; i < Inbox.MOST_MUTED; i++) {
            inbox.mute(batch, alice, new Session(alice, bob + i), i == 7 ? NOW + 1 : Long.MAX_VALUE, NOW);
        }
        batch.execute();

        assertThat(mute(group(), Long.MAX_VALUE)).isFalse();
        assertThat(mute(new Session(alice, bob), NOW + 5)).as("muted already").isTrue();
        assertThat(mute(group(), 0)).as("of no effect").isTrue();
        assertThat(mute(group(), Long.MAX_VALUE, NOW + 1)).isTrue();
        assertThat(unread(alice, List.of(), NOW + 1).muted())
                .hasSize(Inbox.MOST_MUTED)
                .contains(group())
                .doesNotContain(new Session(alice, bob + 7));
    }

    @Test
    void theThousandNewestConversationsCount() {
        List<Message> messages = new ArrayList<>();
        for (int i = 1; i <= Inbox.MOST_COUNTED + 5; i++) {
            messages.add(message(alice + i, alice, i <= 5 ? 1_000_000 : 1, 1_000 + i));
        }
        stored(messages.toArray(Message[]::new));

        assertThat(unread(alice, List.of()).count()).isEqualTo(Inbox.MOST_COUNTED);
    }

    private boolean mute(Conversation conversation, long until) {
        return mute(conversation, until, NOW);
    }

    private boolean mute(Conversation conversation, long until, long now) {
        return ask(batch -> inbox.mute(batch, alice, conversation, until, now));
    }

    private UnreadTotal unread(long userId, List<Membership> groups) {
        return unread(userId, groups, NOW);
    }

    private UnreadTotal unread(long userId, List<Membership> groups, long now) {
        return ask(batch -> inbox.unread(batch, userId, groups, now));
    }

    /** A group whose id is Alice's. */
    private Group group() {
        return new Group(alice);
    }

    private Membership membership(long userId, long since) {
        return new Membership(alice, userId, since, HistoryAccess.ALL);
    }

    private Message groupMessage(long from, long msgId, long sendTime) {
        return new Message(group(), from, msgId, msgId, "text/plain", "hello", sendTime);
    }

    private List<ReadPosition> readers(long msgId, int offset) {
        return ask(batch -> inbox.readers(batch, alice, msgId, offset, 10));
    }

    private List<InboxEntry> page(List<Membership> groups, int offset, int limit) {
        return ask(batch -> inbox.page(batch, alice, groups, offset, limit));
    }

    private InboxEntry entry(Membership membership) {
        return ask(batch -> inbox.entry(batch, membership));
    }

    @Test
    void aConversationThatIsNotThereIsNull() {
        assertThat(entry(alice, bob)).isNull();
    }

    @Test
    void aPageOfNobodysInboxIsEmptyAndSoIsOneBeyondTheEnd() {
        assertThat(page(alice, 0, 10)).isEmpty();
        stored(message(alice, bob, 1));
        assertThat(page(alice, 1, 10)).isEmpty();
        assertThat(page(alice, 1_000_000, Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void theConversationWithTheNewestMessageStandsFirst() {
        stored(message(alice, bob, 1, 1_000));
        stored(message(carol, alice, 1, 2_000));
        assertThat(page(alice, 0, 10))
                .containsExactly(
                        new InboxEntry(new Session(carol, alice), 1, 0), new InboxEntry(new Session(alice, bob), 1, 1));

        stored(message(bob, alice, 2, 3_000));
        // Applied again late, an old message moves nothing.
        stored(message(carol, alice, 1, 2_000));
        assertThat(page(alice, 0, 1)).containsExactly(new InboxEntry(new Session(alice, bob), 2, 1));
    }

    @Test
    void fiveThousandConversationsArePagedWithoutSkippingOrRepeatingOne() {
        List<Message> messages = new ArrayList<>();
        for (int i = 1; i <= 5_000; i++) {
            // Many in the same millisecond: their order does not matter, but that there is one does.
            messages.add(message(alice + i, alice, 1, 1_700_000_000_000L + i / 100));
        }
        stored(messages.toArray(Message[]::new));

        List<InboxEntry> all = new ArrayList<>();
        List<InboxEntry> page;
        do {
            page = page(alice, all.size(), 300);
            all.addAll(page);
        } while (!page.isEmpty());

        assertThat(all).hasSize(5_000).doesNotHaveDuplicates().allMatch(entry -> entry.unread() == 1);
        assertThat(all.get(0).conversation()).isEqualTo(new Session(alice, alice + 5_000));
        assertThat(page(alice, 0, 10_000)).isEqualTo(all);
    }

    @Test
    void idsOfNineteenDigitsAndPositionsBeyondAnIntAreKeptExactly() {
        long farBeyond = (1L << 53) - 1;
        stored(message(Long.MAX_VALUE, alice, farBeyond));

        assertThat(entry(alice, Long.MAX_VALUE))
                .isEqualTo(new InboxEntry(new Session(alice, Long.MAX_VALUE), farBeyond, 0));
        assertThat(page(alice, 0, 1)).containsExactly(new InboxEntry(new Session(alice, Long.MAX_VALUE), farBeyond, 0));
    }

    @Test
    void aPageOfImpossibleSizeIsRefused() {
        assertThatThrownBy(() -> inbox.page(batch, alice, List.of(), -1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> inbox.page(batch, alice, List.of(), 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Message message(long from, long to, long msgId) {
        return message(from, to, msgId, 1_700_000_000_000L + msgId);
    }

    private static Message message(long from, long to, long msgId, long sendTime) {
        return new Message(new Session(from, to), from, msgId, msgId, "text/plain", "hello", sendTime);
    }

    private void stored(Message... messages) {
        inbox.stored(batch, List.of(messages));
        batch.execute();
    }

    private void read(long userId, long partner, long msgId) {
        inbox.read(batch, userId, new Session(userId, partner), msgId);
        batch.execute();
    }

    private InboxEntry entry(long userId, long partner) {
        Session conversation = new Session(userId, partner);
        return ask(batch -> inbox.entry(batch, userId, conversation));
    }

    private List<InboxEntry> page(long userId, int offset, int limit) {
        return ask(batch -> inbox.page(batch, userId, List.of(), offset, limit));
    }

    private <T> T ask(Function<RedisBatch, CompletionStage<T>> question) {
        CompletionStage<T> answer = question.apply(batch);
        batch.execute();
        return answer.toCompletableFuture().getNow(null);
    }
}
