package com.linbox.client;

import com.linbox.message.Conversation;
import com.linbox.message.Message;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts the messages of one conversation into msg_id order, each once. It remembers the last id handed on; a message whose
 * id jumps is held, and what lies between is a {@linkplain #gap gap} to be pulled. Costs O(1) a message; holds at most
 * {@value #MAX_HELD} of them, the others are pulled again.
 *
 * <p>Confined to the event loop. {@code out} may be called from every method that takes it.
 */
final class Feed {

    private static final int MAX_HELD = 256;
    private static final long UNKNOWN = -1;

    /** The ids after {@code after}, up to and including {@code upTo}, that have to be pulled. */
    record Gap(long after, long upTo) {}

    final Conversation conversation;
    /** Whether a pull is under way or waits for its turn; for {@link Deliveries}. */
    boolean pulling;

    private long last;
    private long newest;
    /** Pushed messages beyond a gap: consecutive ids. */
    private final ArrayDeque<Message> held = new ArrayDeque<>(2);
    /** Ids beyond a gap that are this client's own sends, which nobody needs to be told. */
    private final Set<Long> own = new HashSet<>(2);

    private Feed(Conversation conversation, long last) {
        this.conversation = conversation;
        this.last = last;
        this.newest = last;
    }

    static Feed from(Conversation conversation, long position) {
        return new Feed(conversation, position);
    }

    /** Holds everything until {@link #startAt} tells where the client came in. */
    static Feed waiting(Conversation conversation) {
        return new Feed(conversation, UNKNOWN);
    }

    boolean isWaiting() {
        return last == UNKNOWN;
    }

    /** All up to {@code position} is history; but what was pushed since is news, wherever the position was read later. */
    void startAt(long position, Consumer<Message> out) {
        last = held.isEmpty() ? position : Math.min(position, held.getFirst().msgId() - 1);
        newest = Math.max(newest, last);
        passOnHeld(out);
    }

    /** Where the server's list does not know the conversation either: what was pushed is all there is. */
    void startAtHeld(Consumer<Message> out) {
        long position = held.isEmpty()
                ? own.stream().mapToLong(id -> id).min().orElse(1) - 1
                : held.getFirst().msgId() - 1;
        startAt(position, out);
    }

    void pushed(Message message, Consumer<Message> out) {
        long id = message.msgId();
        newest = Math.max(newest, id);
        if (id == last + 1 && !isWaiting()) {
            last = id;
            out.accept(message);
            passOnHeld(out);
        } else if (id > last
                && held.size() < MAX_HELD
                && (held.isEmpty() || id == held.getLast().msgId() + 1)) {
            held.add(message);
        }
    }

    /** A send of this client was stored under this id. */
    void ownStored(long id, Consumer<Message> out) {
        newest = Math.max(newest, id);
        if (id > last) {
            own.add(id);
            passOnHeld(out);
        }
    }

    /** The server says that there are messages up to this id. */
    void reaches(long id) {
        newest = Math.max(newest, id);
    }

    boolean hasGap() {
        return last < newest && !isWaiting();
    }

    /** The oldest missing ids, at most {@code limit}; only to be called where there {@linkplain #hasGap is} a gap. */
    Gap gap(int limit) {
        long upTo = Math.min(newest, last + limit);
        if (!held.isEmpty()) {
            upTo = Math.min(upTo, held.getFirst().msgId() - 1);
        }
        return new Gap(last, upTo);
    }

    /**
     * Closes a gap. Ids that the server has nothing for are passed over: it does not show them to this user.
     *
     * @param messages what the server has, oldest first
     */
    void pulled(Gap gap, List<Message> messages, Consumer<Message> out) {
        for (Message message : messages) {
            if (message.msgId() > last && message.msgId() <= gap.upTo()) {
                last = message.msgId();
                if (!own.remove(last)) {
                    out.accept(message);
                }
            }
        }
        last = Math.max(last, gap.upTo());
        own.removeIf(id -> id <= last);
        passOnHeld(out);
    }

    private void passOnHeld(Consumer<Message> out) {
        while (!isWaiting()) {
            while (!held.isEmpty() && held.getFirst().msgId() <= last) {
                held.removeFirst();
            }
            if (!held.isEmpty() && held.getFirst().msgId() == last + 1) {
                last++;
                out.accept(held.removeFirst());
            } else if (!own.isEmpty() && own.remove(last + 1)) {
                last++;
            } else {
                return;
            }
        }
    }
}
