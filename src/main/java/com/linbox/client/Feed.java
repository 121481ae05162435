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
 * <p>What was said in a group before the user joined may be hidden from them, however much it is. Where a gap turns out to
 * have nothing, the next is several times as wide, and where a wide one has something, narrower ones find its first message:
 * the steps are as many as the hidden messages' number has digits, and some.
 *
 * <p>Confined to the event loop. {@code out} may be called from every method that takes it.
 */
final class Feed {

    private static final int MAX_HELD = 256;
    private static final long UNKNOWN = -1;
    private static final int PAGE = 100;
    private static final int WIDENING = 8;
    private static final long MAX_WIDTH = 1L << 40;

    /** The ids after {@code after}, up to and including {@code upTo}, that have to be pulled. */
    record Gap(long after, long upTo) {

        /** Whether only to ask if there is anything in it: it may be far too much. */
        boolean isWide() {
            return size() > PAGE;
        }

        long size() {
            return upTo - after;
        }
    }

    final Conversation conversation;
    /** Whether a pull is under way or waits for its turn; for {@link Deliveries}. */
    boolean pulling;

    private long last;
    private long newest;
    /** How many ids the next gap may have; more than a page only while hidden messages are passed over. */
    private long width = PAGE;
    /** Whether something was found in a wide gap. */
    private boolean narrowing;
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

    /** Whether the conversation's first message is known, so that it cannot start before. */
    boolean hasFirst() {
        return own.contains(1L) || !held.isEmpty() && held.getFirst().msgId() == 1;
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

    /** The oldest missing ids; only to be called where there {@linkplain #hasGap is} a gap. */
    Gap gap() {
        long upTo = Math.min(newest, last + width);
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
        width = messages.isEmpty() ? widthAfterNothing(gap) : PAGE;
        narrowing &= width > PAGE;
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

    private long widthAfterNothing(Gap gap) {
        return narrowing ? Math.max(PAGE, width / 2) : Math.min(MAX_WIDTH, gap.size() * WIDENING);
    }

    /** There is something in a wide gap. */
    void found(Gap gap) {
        narrowing = true;
        width = Math.max(PAGE, gap.size() / 2);
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
