package com.linbox.client;

import com.linbox.message.Conversation;
import com.linbox.message.ConversationType;
import com.linbox.message.Ids;
import com.linbox.message.Message;
import com.linbox.message.RequestRejectedException;
import com.linbox.protocol.MessageBody;
import com.linbox.protocol.PullOldMsgResponse;
import com.linbox.protocol.SyncSystemUnreadResponse;
import com.linbox.protocol.SyncUnreadResponse;
import com.linbox.protocol.SystemMessage;
import com.linbox.protocol.UnreadMsg;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The wire's texts as the domain's values; null where a server sends what makes no sense. */
final class WireMessages {

    /** The content of a counter, which is JSON in a text. */
    private static final Pattern COUNTER = Pattern.compile("\\{\\s*\"unread\"\\s*:\\s*(\\d{1,18})\\s*}");

    private WireMessages() {}

    static @Nullable Conversation conversation(
            long userId, @Nullable Integer type, @Nullable String remoteId, @Nullable String groupId) {
        try {
            return type != null && type == ConversationType.GROUP.code()
                    ? new Conversation.Group(Ids.parse("group_id", groupId == null ? remoteId : groupId))
                    : new Conversation.Session(userId, Ids.parse("remote_id", remoteId));
        } catch (RequestRejectedException e) {
            return null;
        }
    }

    static @Nullable Message message(Conversation conversation, @Nullable MessageBody body) {
        if (body == null || body.msgId() == null) {
            return null;
        }
        try {
            return new Message(
                    conversation,
                    Ids.parse("from_user_id", body.fromUserId()),
                    Objects.requireNonNullElse(body.rId(), 0L),
                    body.msgId(),
                    Objects.requireNonNullElse(body.mimeType(), ""),
                    Objects.requireNonNullElse(body.content(), ""),
                    Objects.requireNonNullElse(body.sendTime(), 0L));
        } catch (RequestRejectedException e) {
            return null;
        }
    }

    static List<Message> messages(Conversation conversation, PullOldMsgResponse response) {
        List<Message> messages = new ArrayList<>();
        for (MessageBody body : Objects.requireNonNullElse(response.msgs(), List.<MessageBody>of())) {
            Message message = message(conversation, body);
            if (message != null) {
                messages.add(message);
            }
        }
        return messages;
    }

    static List<UnreadConversation> unreads(long userId, SyncUnreadResponse response) {
        List<UnreadConversation> conversations = new ArrayList<>();
        for (UnreadMsg unread : Objects.requireNonNullElse(response.unreads(), List.<UnreadMsg>of())) {
            UnreadConversation conversation = unread(userId, unread);
            if (conversation != null) {
                conversations.add(conversation);
            }
        }
        return conversations;
    }

    static SortedMap<Integer, Long> systemUnreads(SyncSystemUnreadResponse response) {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        for (SystemMessage counter : Objects.requireNonNullElse(response.unreads(), List.<SystemMessage>of())) {
            Matcher content = COUNTER.matcher(Objects.requireNonNullElse(counter.content(), ""));
            if (content.matches()) {
                counts.put(counter.systemType(), Long.valueOf(content.group(1)));
            }
        }
        return counts;
    }

    private static @Nullable UnreadConversation unread(long userId, UnreadMsg unread) {
        Conversation conversation = conversation(userId, unread.type(), unread.remoteId(), unread.groupId());
        return conversation == null
                ? null
                : new UnreadConversation(
                        conversation,
                        unread.msgId(),
                        unread.count(),
                        Objects.requireNonNullElse(unread.since(), 0L),
                        message(conversation, unread.msg()));
    }
}
