package com.linbox.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.faults.Event.Acked;
import com.linbox.faults.Event.Disturbed;
import com.linbox.faults.Event.Named;
import com.linbox.faults.Event.ReadTo;
import com.linbox.faults.Event.Received;
import com.linbox.faults.Event.Sent;
import com.linbox.faults.Event.Unanswered;
import com.linbox.faults.Event.Unread;
import com.linbox.faults.Violation.Kind;
import com.linbox.message.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each promise is broken once in a history that is well otherwise: the checker has to say so, and to tell what happened. */
class CheckerTests {

    private static final long ALICE = 1;
    private static final long BOB = 2;
    private static final Conversation PAIR = new Conversation.Session(ALICE, BOB);
    private static final Conversation GROUP = new Conversation.Group(77);

    private final List<Event> events = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /** A history in which all is well, with a fault in the midst of it. */
    CheckerTests() {
        said(100, ALICE, PAIR, 1, "a1");
        said(200, BOB, PAIR, 2, "b1");
        said(300, ALICE, PAIR, 3, "a2");
        // Two under way at once, in calm.
        events.add(new Sent(400, ALICE, PAIR, "a3"));
        events.add(new Sent(401, ALICE, PAIR, "a4"));
        stored(410, ALICE, PAIR, 4, "a3");
        stored(411, ALICE, PAIR, 5, "a4");
        // Two under way while one of them has to be sent again.
        events.add(new Sent(500, ALICE, PAIR, "a5"));
        events.add(new Sent(501, ALICE, PAIR, "a6"));
        events.add(new Disturbed(505, 900, 950, "Killed"));
        stored(910, ALICE, PAIR, 6, "a6");
        stored(911, ALICE, PAIR, 7, "a5");
        said(1_000, ALICE, GROUP, 1, "name-1");
        said(1_100, ALICE, GROUP, 2, "name-2");
        said(1_200, BOB, GROUP, 3, "b2");
        events.add(new ReadTo(1_300, BOB, PAIR, 3, false));
        events.add(new ReadTo(1_310, BOB, PAIR, 3, true));
        // Nobody knows whether this one has arrived.
        events.add(new ReadTo(1_400, BOB, PAIR, 5, false));
        for (Row row : rows) {
            received(2_000, ALICE, row, false);
            received(2_000, BOB, row, false);
        }
        events.add(new Unread(2_100, ALICE, PAIR, 7, 0));
        events.add(new Unread(2_100, BOB, PAIR, 7, 2));
        events.add(new Unread(2_100, ALICE, GROUP, 3, 1));
        events.add(new Unread(2_100, BOB, GROUP, 3, 0));
        events.add(new Named(2_200, BOB, GROUP, "name-2"));
    }

    private void said(long at, long user, Conversation conversation, long msgId, String content) {
        events.add(new Sent(at, user, conversation, content));
        stored(at + 10, user, conversation, msgId, content);
    }

    private void stored(long at, long user, Conversation conversation, long msgId, String content) {
        Row row = new Row(conversation, msgId, user, 1_000 + rows.size(), content);
        rows.add(row);
        events.add(new Acked(at, content, row.requestId(), msgId));
        received(at + 1, user == ALICE ? BOB : ALICE, row, true);
    }

    private void received(long at, long user, Row row, boolean live) {
        events.add(new Received(at, user, row.conversation(), row.msgId(), row.sender(), row.content(), live));
    }

    private List<Violation> check() {
        Set<Long> both = Set.of(ALICE, BOB);
        return new Checker(events, rows, Map.of(PAIR, both, GROUP, both), both).check();
    }

    @Test
    void aHistoryInWhichAllIsWellHasNoViolation() {
        assertThat(check()).isEmpty();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                broken("an acked row is gone", Kind.LOST, test -> test.rows.remove(test.row("a4"))),
                broken(
                        "a row is there twice",
                        Kind.STORED_TWICE,
                        test -> test.rows.add(new Row(PAIR, 8, ALICE, 5_000, "a1"))),
                broken(
                        "a request is stored as two messages",
                        Kind.STORED_TWICE,
                        test -> test.replaceRow(
                                "a2",
                                row -> new Row(PAIR, 3, ALICE, test.row("a1").requestId(), "a2"))),
                broken(
                        "the answer had another msg_id",
                        Kind.WRONG_MSG_ID,
                        test -> test.replace(Acked.class, "a2", ack -> new Acked(ack.at(), "a2", ack.requestId(), 9))),
                broken(
                        "the answer had another r_id",
                        Kind.WRONG_MSG_ID,
                        test -> test.replace(Acked.class, "a2", ack -> new Acked(ack.at(), "a2", 9, ack.msgId()))),
                broken(
                        "a msg_id was left out",
                        Kind.GAP,
                        test -> test.replaceRow("a5", row -> new Row(PAIR, 8, ALICE, row.requestId(), "a5"))),
                broken(
                        "two messages have one msg_id",
                        Kind.GAP,
                        test -> test.replaceRow("a5", row -> new Row(PAIR, 6, ALICE, row.requestId(), "a5"))),
                broken("an answered message comes after a later one", Kind.OUT_OF_ORDER, test -> test.swap("b1", "a2")),
                broken("two of one sender are swapped in calm", Kind.OUT_OF_ORDER, test -> test.swap("a3", "a4")),
                broken(
                        "a row that nobody sent",
                        Kind.NOT_SENT,
                        test -> test.rows.add(new Row(PAIR, 8, ALICE, 5_000, "x"))),
                broken(
                        "a row of another sender",
                        Kind.NOT_SENT,
                        test -> test.replaceRow("a2", row -> new Row(PAIR, 3, BOB, row.requestId(), "a2"))),
                broken(
                        "a row in another conversation",
                        Kind.NOT_SENT,
                        test -> test.replaceRow("b2", row -> new Row(PAIR, 8, BOB, row.requestId(), "b2"))),
                broken("a message was not pushed", Kind.NOT_DELIVERED, test -> test.forget(BOB, "a2", true)),
                broken("a message is not in the history", Kind.NOT_DELIVERED, test -> test.forget(BOB, "a2", false)),
                broken(
                        "a message was pushed twice",
                        Kind.DELIVERED_OUT_OF_ORDER,
                        test -> test.received(1_500, BOB, test.row("a2"), true)),
                broken(
                        "another content was pushed",
                        Kind.DELIVERED_OTHERWISE,
                        test -> test.replace(
                                Received.class,
                                "a2",
                                got -> new Received(got.at(), got.user(), PAIR, 3, ALICE, "a1", got.live()))),
                broken(
                        "what is acked as read is unread",
                        Kind.WRONG_UNREAD,
                        test -> test.replaceUnread(BOB, PAIR, new Unread(2_100, BOB, PAIR, 7, 5))),
                broken(
                        "what nobody has read counts as read",
                        Kind.WRONG_UNREAD,
                        test -> test.replaceUnread(BOB, PAIR, new Unread(2_100, BOB, PAIR, 7, 1))),
                broken(
                        "the list does not know the newest message",
                        Kind.WRONG_UNREAD,
                        test -> test.replaceUnread(BOB, PAIR, new Unread(2_100, BOB, PAIR, 6, 2))),
                broken(
                        "a group has its name of before",
                        Kind.WRONG_NAME,
                        test -> test.events.add(new Named(2_300, ALICE, GROUP, "name-1"))),
                broken(
                        "a client gave up",
                        Kind.UNANSWERED,
                        test -> test.events.add(new Unanswered(2_000, "a7", "no answer in time"))),
                broken(
                        "a client waits still",
                        Kind.UNANSWERED,
                        test -> test.events.add(new Sent(2_000, ALICE, PAIR, "a7"))),
                broken(
                        "the cluster does not recover",
                        Kind.NOT_RECOVERED,
                        test -> test.events.add(new Disturbed(2_000, 2_100, Long.MAX_VALUE, "Killed"))));
    }

    private interface Change {
        void in(CheckerTests test);
    }

    private static Arguments broken(String how, Kind kind, Change change) {
        return Arguments.of(how, kind, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void aBrokenPromiseIsFound(String how, Kind kind, Change change) {
        change.in(this);
        List<Violation> found =
                check().stream().filter(violation -> violation.kind() == kind).toList();
        assertThat(found).as(how).isNotEmpty();
        assertThat(found.get(0).history())
                .as("what is told of it, out of %d events", events.size())
                .isNotEmpty()
                .hasSizeLessThan(events.size() / 3);
    }

    @Test
    void eachKindOfViolationIsTriedHere() {
        assertThat(broken().map(arguments -> arguments.get()[1])).contains((Object[]) Kind.values());
    }

    private Row row(String content) {
        return rows.stream()
                .filter(row -> row.content().equals(content))
                .findFirst()
                .orElseThrow();
    }

    private void replaceRow(String content, UnaryOperator<Row> change) {
        rows.replaceAll(row -> row.content().equals(content) ? change.apply(row) : row);
    }

    /** Stored, acked and delivered in the other order. */
    private void swap(String one, String other) {
        long msgId = row(one).msgId();
        long otherMsgId = row(other).msgId();
        moveTo(one, otherMsgId);
        moveTo(other, msgId);
    }

    private void moveTo(String content, long msgId) {
        replaceRow(content, row -> new Row(row.conversation(), msgId, row.sender(), row.requestId(), content));
        replace(Acked.class, content, ack -> new Acked(ack.at(), content, ack.requestId(), msgId));
        replace(
                Received.class,
                content,
                got -> new Received(
                        got.at(), got.user(), got.conversation(), msgId, got.sender(), content, got.live()));
    }

    private <T extends Event> void replace(Class<T> type, String content, UnaryOperator<T> change) {
        events.replaceAll(event -> type.isInstance(event) && event.toString().contains("content=" + content + ",")
                ? change.apply(type.cast(event))
                : event);
    }

    private void replaceUnread(long user, Conversation conversation, Unread instead) {
        events.replaceAll(event -> event instanceof Unread unread
                        && unread.user() == user
                        && unread.conversation().equals(conversation)
                ? instead
                : event);
    }

    private void forget(long user, String content, boolean live) {
        events.removeIf(event -> event instanceof Received got
                && got.user() == user
                && got.live() == live
                && got.content().equals(content));
    }
}
