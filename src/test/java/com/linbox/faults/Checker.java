package com.linbox.faults;

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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds what clients have seen against what the database has, after a run.
 *
 * <p>The order of a conversation is checked as one would check that a log is linearizable: whoever sends after another message
 * was acked comes after it. Where a client has several messages under way, their order is promised only while nothing makes it
 * send one of them again; that is checked where no fault was near.
 */
final class Checker {

    /** One cause may have many; a few tell it. */
    private static final int MOST_OF_A_KIND = 20;

    private final List<Event> events;
    private final List<Disturbed> disturbances;
    private final Map<String, Sent> sent = new HashMap<>();
    private final Map<String, Integer> order = new HashMap<>();
    private final Map<String, Acked> acked = new HashMap<>();
    private final Map<String, Row> rowByContent = new HashMap<>();
    private final Map<Conversation, TreeMap<Long, Row>> stored = new HashMap<>();
    private final Map<Conversation, Set<Long>> members;
    private final Set<Long> alwaysThere;
    private final List<Violation> violations = new ArrayList<>();

    /**
     * @param members who has to have the messages of a conversation in the end
     * @param alwaysThere those of them who had a client during the whole run
     */
    Checker(List<Event> events, List<Row> rows, Map<Conversation, Set<Long>> members, Set<Long> alwaysThere) {
        this.events = events;
        this.members = members;
        this.alwaysThere = alwaysThere;
        disturbances = all(Disturbed.class);
        for (Sent message : all(Sent.class)) {
            order.put(message.content(), order.size());
            sent.put(message.content(), message);
        }
        all(Acked.class).forEach(ack -> acked.put(ack.content(), ack));
        checkRows(rows);
    }

    private <T extends Event> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** All violations, those of one kind beside each other; the first {@value #MOST_OF_A_KIND} of each. */
    List<Violation> check() {
        checkAnswers();
        stored.values().forEach(this::checkSent);
        stored.forEach(this::checkIds);
        stored.values().forEach(this::checkOrder);
        members.forEach(this::checkDeliveries);
        all(Unread.class).forEach(this::checkUnread);
        all(Named.class).forEach(this::checkName);
        for (Disturbed disturbed : disturbances) {
            if (disturbed.recovered() == Long.MAX_VALUE) {
                violations.add(new Violation(Kind.NOT_RECOVERED, disturbed.faults(), List.of(disturbed)));
            }
        }
        violations.sort(Comparator.comparing(Violation::kind));
        return violations;
    }

    private void checkRows(List<Row> rows) {
        Set<List<Object>> requests = new HashSet<>();
        for (Row row : rows) {
            Row before = rowByContent.put(row.content(), row);
            if (before != null || !requests.add(List.of(row.conversation(), row.sender(), row.requestId()))) {
                violation(Kind.STORED_TWICE, row + " and " + before, row.content());
            }
            Row twin = stored.computeIfAbsent(row.conversation(), conversation -> new TreeMap<>())
                    .put(row.msgId(), row);
            if (twin != null) {
                violation(Kind.GAP, "one msg_id for " + row + " and " + twin, row.content(), twin.content());
            }
        }
    }

    private void checkSent(TreeMap<Long, Row> rows) {
        for (Row row : rows.values()) {
            Sent message = sent.get(row.content());
            if (message == null
                    || message.user() != row.sender()
                    || !message.conversation().equals(row.conversation())) {
                Map.Entry<Long, Row> before = rows.lowerEntry(row.msgId());
                violation(
                        Kind.NOT_SENT,
                        "stored is " + row + ", sent was " + message,
                        row.content(),
                        before == null ? "" : before.getValue().content());
            }
        }
    }

    private void checkAnswers() {
        acked.values().forEach(ack -> {
            Row row = rowByContent.get(ack.content());
            if (row == null) {
                violation(Kind.LOST, ack.content() + " was acked and is not stored", ack.content());
            } else if (row.msgId() != ack.msgId()
                    || ack.requestId() != Acked.NOT_TOLD && row.requestId() != ack.requestId()) {
                violation(Kind.WRONG_MSG_ID, ack + " is stored as " + row, ack.content());
            }
        });
        Set<String> open = new HashSet<>(sent.keySet());
        open.removeAll(acked.keySet());
        for (Unanswered message : all(Unanswered.class)) {
            open.remove(message.content());
            violation(Kind.UNANSWERED, message.content() + ": " + message.why(), message.content());
        }
        open.forEach(content -> violation(Kind.UNANSWERED, content + " has no answer", content));
    }

    private void checkIds(Conversation conversation, TreeMap<Long, Row> rows) {
        long expected = 1;
        for (Row row : rows.values()) {
            if (row.msgId() != expected) {
                Row before = rows.get(expected - 1);
                violation(
                        Kind.GAP,
                        "%s has no msg_id %d; the next one is %s".formatted(conversation, expected, row),
                        before == null ? row.content() : before.content(),
                        row.content());
                expected = row.msgId();
            }
            expected++;
        }
    }

    private void checkOrder(TreeMap<Long, Row> rows) {
        Acked earliestAfter = null;
        for (Row row : rows.descendingMap().values()) {
            Sent message = sent.get(row.content());
            if (message != null && earliestAfter != null && earliestAfter.at() < message.at()) {
                violation(
                        Kind.OUT_OF_ORDER,
                        "%s has msg_id %d, but was sent after %s had been acked"
                                .formatted(row.content(), row.msgId(), earliestAfter.content()),
                        row.content(),
                        earliestAfter.content());
            }
            Acked ack = acked.get(row.content());
            if (ack != null && (earliestAfter == null || ack.at() < earliestAfter.at())) {
                earliestAfter = ack;
            }
        }
        Map<Long, Row> newestOf = new HashMap<>();
        for (Row row : rows.values()) {
            if (!isCalm(row.content())) {
                continue;
            }
            Row before = newestOf.put(row.sender(), row);
            if (before != null && order.get(before.content()) > order.get(row.content())) {
                violation(
                        Kind.OUT_OF_ORDER,
                        "%s was sent before %s and has a greater msg_id".formatted(row.content(), before.content()),
                        before.content(),
                        row.content());
            }
        }
    }

    private boolean isCalm(String content) {
        Sent message = sent.get(content);
        Acked ack = acked.get(content);
        return message != null
                && ack != null
                && disturbances.stream().noneMatch(disturbed -> disturbed.overlaps(message.at(), ack.at()));
    }

    private void checkDeliveries(Conversation conversation, Set<Long> recipients) {
        TreeMap<Long, Row> rows = stored.getOrDefault(conversation, new TreeMap<>());
        Map<Long, List<Received>> live = received(conversation, true);
        Map<Long, List<Received>> asked = received(conversation, false);
        for (long user : recipients) {
            if (alwaysThere.contains(user)) {
                checkComplete(
                        rows, user, live.getOrDefault(user, List.of()), row -> row.sender() != user, "while there");
                checkInOrder(live.getOrDefault(user, List.of()));
            }
            checkComplete(rows, user, asked.getOrDefault(user, List.of()), row -> true, "after coming back");
        }
    }

    private Map<Long, List<Received>> received(Conversation conversation, boolean live) {
        return all(Received.class).stream()
                .filter(message ->
                        message.live() == live && message.conversation().equals(conversation))
                .collect(Collectors.groupingBy(Received::user));
    }

    private void checkComplete(
            TreeMap<Long, Row> rows, long user, List<Received> received, Predicate<Row> expected, String when) {
        Set<Long> missing = new HashSet<>();
        rows.values().stream().filter(expected).forEach(row -> missing.add(row.msgId()));
        for (Received message : received) {
            missing.remove(message.msgId());
            Row row = rows.get(message.msgId());
            if (row == null
                    || row.sender() != message.sender()
                    || !row.content().equals(message.content())) {
                violation(Kind.DELIVERED_OTHERWISE, message + ", stored is " + row, message.content(), contentOf(row));
            }
        }
        for (long msgId : missing) {
            Row row = rows.get(msgId);
            violation(Kind.NOT_DELIVERED, "user %d does not have %s %s".formatted(user, row, when), row.content());
        }
    }

    private static String contentOf(@Nullable Row row) {
        return row == null ? "" : row.content();
    }

    private void checkInOrder(List<Received> received) {
        Received before = null;
        for (Received message : received) {
            if (before != null && before.msgId() >= message.msgId()) {
                violation(
                        Kind.DELIVERED_OUT_OF_ORDER,
                        message + " came after " + before,
                        before.content(),
                        message.content());
            }
            before = message;
        }
    }

    private void checkUnread(Unread unread) {
        TreeMap<Long, Row> rows = stored.getOrDefault(unread.conversation(), new TreeMap<>());
        long newest = rows.isEmpty() ? 0 : rows.lastKey();
        long read = rows.values().stream()
                .filter(row -> row.sender() == unread.user())
                .mapToLong(Row::msgId)
                .max()
                .orElse(0);
        long perhapsRead = read;
        List<Event> about = new ArrayList<>();
        for (ReadTo position : all(ReadTo.class)) {
            if (position.user() == unread.user() && position.conversation().equals(unread.conversation())) {
                perhapsRead = Math.max(perhapsRead, position.msgId());
                read = position.acked() ? Math.max(read, position.msgId()) : read;
                about.add(position);
            }
        }
        long position = unread.newest() - unread.count();
        if (unread.newest() != newest || position < read || position > perhapsRead) {
            about.add(unread);
            violations.add(new Violation(
                    Kind.WRONG_UNREAD,
                    "%s, the newest is %d, read is %d%s"
                            .formatted(unread, newest, read, read == perhapsRead ? "" : " or up to " + perhapsRead),
                    about.subList(Math.max(0, about.size() - 10), about.size())));
        }
    }

    private void checkName(Named named) {
        Row newest = stored.getOrDefault(named.conversation(), new TreeMap<>()).values().stream()
                .filter(row -> sent.containsKey(row.content()) && Workload.isName(row.content()))
                .max(Comparator.comparingLong(Row::msgId))
                .orElse(null);
        if (newest == null || !newest.content().equals(named.name())) {
            violation(Kind.WRONG_NAME, named + ", the newest is " + newest, named.name(), contentOf(newest));
        }
    }

    private void violation(Kind kind, String what, String... contents) {
        if (violations.stream().filter(violation -> violation.kind() == kind).count() >= MOST_OF_A_KIND) {
            return;
        }
        Set<String> about = new HashSet<>(List.of(contents));
        about.remove("");
        List<Event> history = new ArrayList<>(
                events.stream().filter(event -> about.contains(event.content())).toList());
        if (!history.isEmpty()) {
            long from = history.get(0).at();
            long to = history.get(history.size() - 1).at();
            disturbances.stream()
                    .filter(disturbed -> disturbed.at() <= to && from <= disturbed.until())
                    .forEach(history::add);
        }
        history.sort(Comparator.comparingLong(Event::at));
        violations.add(new Violation(kind, what, history));
    }
}
