package com.linbox.client;

import com.linbox.message.Conversation;
import com.linbox.protocol.SyncUnreadResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Goes once through all conversations of the user. The list is sorted newest first and moves while it is read: one that
 * gets a message jumps from a page not yet read to one already read. So its head is read once more at the end, down to the
 * first conversation that has not changed.
 */
final class PositionSync {

    private static final int PAGE = 100;

    private final History history;
    private final long userId;
    private final Consumer<UnreadConversation> each;
    private final Consumer<@Nullable Throwable> end;
    private final Map<Conversation, Long> seen = new HashMap<>();
    private boolean secondLook;
    private boolean cancelled;

    /**
     * @param each called for every conversation, again where it changed meanwhile
     * @param end called once, with null when all is done, with the error otherwise
     */
    PositionSync(History history, long userId, Consumer<UnreadConversation> each, Consumer<@Nullable Throwable> end) {
        this.history = history;
        this.userId = userId;
        this.each = each;
        this.end = end;
    }

    void start() {
        page(0);
    }

    /** Nothing is called from now on. */
    void cancel() {
        cancelled = true;
    }

    private void page(int offset) {
        history.unread(null, offset, PAGE).whenComplete((response, error) -> {
            if (cancelled) {
                return;
            }
            if (error == null) {
                read(response, offset);
            } else {
                end.accept(error);
            }
        });
    }

    private void read(SyncUnreadResponse response, int offset) {
        List<UnreadConversation> page = WireMessages.unreads(userId, response);
        boolean unchangedMet = false;
        for (UnreadConversation listed : page) {
            Long before = seen.put(listed.conversation(), listed.newestMsgId());
            if (before == null || before != listed.newestMsgId()) {
                each.accept(listed);
            } else {
                unchangedMet = true;
            }
        }
        int next = Objects.requireNonNullElse(response.offset(), 0);
        if (next > offset && !page.isEmpty() && !(secondLook && unchangedMet)) {
            page(next);
        } else if (!secondLook && offset > 0) {
            secondLook = true;
            page(0);
        } else {
            end.accept(null);
        }
    }
}
