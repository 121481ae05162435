package com.linbox.store;

import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.ErrorCode;
import com.linbox.message.Message;
import com.linbox.message.SendOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Drafts on their way into the database, and what has become of them so far. A draft that stands twice goes to the
 * database once.
 */
final class Batch {

    /** The width of the columns MimeType. */
    static final int MAX_MIME_TYPE = 255;

    /** In characters. Fits the columns, and one packet of every engine; what routers let through is far less. */
    static final int MAX_CONTENT = 1 << 20;

    /** What all retries of one draft have in common. */
    private record Request(Conversation conversation, long senderId, long requestId) {

        static Request of(Draft draft) {
            return new Request(draft.conversation(), draft.senderId(), draft.requestId());
        }

        static Request of(Message message) {
            return new Request(message.conversation(), message.senderId(), message.requestId());
        }
    }

    private final List<Request> requests;
    /** Null as long as nothing has become of it. */
    private final Map<Request, @Nullable SendOutcome> outcomes;

    private final List<Draft> pending;

    Batch(List<Draft> drafts) {
        requests = new ArrayList<>(drafts.size());
        outcomes = new HashMap<>(2 * drafts.size());
        pending = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            Request request = Request.of(draft);
            requests.add(request);
            if (!outcomes.containsKey(request)) {
                SendOutcome refusal = refusalOf(draft.mimeType(), draft.content());
                outcomes.put(request, refusal);
                if (refusal == null) {
                    pending.add(draft);
                }
            }
        }
    }

    /** The drafts that nothing has become of yet, in their order. */
    List<Draft> pending() {
        return pending;
    }

    Set<Conversation> conversations() {
        return pending.stream().map(Draft::conversation).collect(Collectors.toSet());
    }

    /** Gives what is pending the msg_ids after these, and moves these on. */
    List<Message> number(Map<Conversation, Long> newest, long sendTime) {
        List<Message> messages = new ArrayList<>(pending.size());
        for (Draft draft : pending) {
            long msgId = newest.merge(draft.conversation(), 1L, Long::sum);
            messages.add(draft.stored(msgId, sendTime));
        }
        return messages;
    }

    /** All that was pending is in the database now. */
    void stored(List<Message> messages) {
        messages.forEach(message -> outcomes.put(Request.of(message), new SendOutcome.Stored(message)));
        pending.clear();
    }

    /** These have been in the database before. */
    void found(Collection<Message> messages) {
        messages.forEach(message -> outcomes.put(Request.of(message), new SendOutcome.Duplicate(message)));
        forgetDecided();
    }

    /** The database will not have these. */
    void refused(Collection<Message> messages) {
        SendOutcome refusal =
                new SendOutcome.Refused(ErrorCode.INVALID_VALUE, "The database does not accept this message as it is");
        messages.forEach(message -> outcomes.put(Request.of(message), refusal));
        forgetDecided();
    }

    /** One for each draft, in the drafts' order. To be asked once, when nothing is pending. */
    List<SendOutcome> outcomes() {
        List<SendOutcome> result = new ArrayList<>(requests.size());
        for (Request request : requests) {
            SendOutcome outcome = Objects.requireNonNull(outcomes.get(request));
            result.add(outcome);
            if (outcome instanceof SendOutcome.Stored stored) {
                outcomes.put(request, new SendOutcome.Duplicate(stored.message()));
            }
        }
        return result;
    }

    private void forgetDecided() {
        pending.removeIf(draft -> outcomes.get(Request.of(draft)) != null);
    }

    /** The refusal of what need not go to the database to be refused there; null of what it may well have. */
    static @Nullable SendOutcome refusalOf(String mimeType, String content) {
        if (mimeType.length() > MAX_MIME_TYPE) {
            return new SendOutcome.Refused(
                    ErrorCode.INVALID_VALUE,
                    "mime_type: " + mimeType.length() + " characters (expected: at most " + MAX_MIME_TYPE + ")");
        }
        if (content.length() > MAX_CONTENT) {
            return new SendOutcome.Refused(
                    ErrorCode.CONTENT_TOO_LARGE,
                    "content: " + content.length() + " characters (expected: at most " + MAX_CONTENT + ")");
        }
        return null;
    }
}
