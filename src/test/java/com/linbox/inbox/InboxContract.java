package com.linbox.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.message.Conversation;
import com.linbox.message.Conversation.Group;
import com.linbox.message.Conversation.Session;
import com.linbox.message.Message;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an inbox promises, whatever Redis it is kept in. */
abstract class InboxContract {

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
    void aGroupsMessageIsRefused() {
        Message message = new Message(new Group(5), alice, 1, 1, "text/plain", "", 1);

        assertThatThrownBy(() -> inbox.stored(batch, List.of(message))).isInstanceOf(IllegalArgumentException.class);
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
        assertThatThrownBy(() -> inbox.page(batch, alice, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> inbox.page(batch, alice, 0, 0)).isInstanceOf(IllegalArgumentException.class);
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
        Conversation conversation = new Session(userId, partner);
        return ask(batch -> inbox.entry(batch, userId, conversation));
    }

    private List<InboxEntry> page(long userId, int offset, int limit) {
        return ask(batch -> inbox.page(batch, userId, offset, limit));
    }

    private <T> T ask(Function<RedisBatch, CompletionStage<T>> question) {
        CompletionStage<T> answer = question.apply(batch);
        batch.execute();
        return answer.toCompletableFuture().getNow(null);
    }
}
