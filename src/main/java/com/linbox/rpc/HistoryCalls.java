package com.linbox.rpc;

import com.linbox.inbox.Inbox;
import com.linbox.inbox.InboxEntry;
import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.rpc.api.HistoryPage;
import com.linbox.rpc.api.HistoryRequest;
import com.linbox.rpc.api.HistoryService;
import com.linbox.rpc.api.StoredMessage;
import com.linbox.rpc.api.SystemUnread;
import com.linbox.rpc.api.SystemUnreadCounts;
import com.linbox.rpc.api.SystemUnreadRequest;
import com.linbox.rpc.api.UnreadConversation;
import com.linbox.rpc.api.UnreadPage;
import com.linbox.rpc.api.UnreadRequest;
import com.linbox.store.MessageStore;
import com.linbox.systemmessage.SystemMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what users have, from where it is stored. */
final class HistoryCalls implements HistoryService {

    private final MessageStore store;
    private final Inbox inbox;
    private final SystemMessages systemMessages;
    private final Batches batches;
    private final RpcSettings settings;

    HistoryCalls(
            MessageStore store, Inbox inbox, SystemMessages systemMessages, Batches batches, RpcSettings settings) {
        this.store = store;
        this.inbox = inbox;
        this.systemMessages = systemMessages;
        this.batches = batches;
        this.settings = settings;
    }

    @Override
    public HistoryPage history(HistoryRequest request) {
        Arguments.required("request", request);
        long userId = Arguments.id("userId", request.userId());
        Arguments.noGroup(request.groupId());
        Conversation conversation = new Conversation.Session(userId, Arguments.id("partnerId", request.partnerId()));
        long after = position("afterMsgId", request.afterMsgId(), 0);
        long upTo = position("upToMsgId", request.upToMsgId(), Long.MAX_VALUE);
        int limit = Arguments.limit(request.limit());
        // One more than asked for tells whether there are more.
        List<Message> found = upTo > after ? store.pull(conversation, after, upTo, limit + 1) : List.of();
        List<StoredMessage> page = new ArrayList<>();
        long bytes = 0;
        for (Message message : found.subList(0, Math.min(limit, found.size()))) {
            bytes += message.sizeInResponse();
            if (bytes > settings.maxResponse().toBytes() && !page.isEmpty()) {
                break;
            }
            page.add(stored(message));
        }
        return new HistoryPage(page, page.size() < found.size());
    }

    private static long position(String field, @Nullable Long given, long otherwise) {
        return given == null ? otherwise : Arguments.within(field, given, 0, Long.MAX_VALUE);
    }

    @Override
    public UnreadPage unread(UnreadRequest request) {
        Arguments.required("request", request);
        long userId = Arguments.id("userId", request.userId());
        Integer given = request.offset();
        int offset = given == null ? 0 : (int) Arguments.within("offset", given, 0, Integer.MAX_VALUE - 1_000);
        int limit = Arguments.limit(request.limit());
        List<InboxEntry> found = batches.with(batch -> {
            var page = inbox.page(batch, userId, List.of(), offset, limit + 1);
            batch.execute();
            return page.toCompletableFuture().join();
        });
        List<InboxEntry> entries = found.subList(0, Math.min(limit, found.size()));
        Map<Conversation, Message> newest =
                store.newest(entries.stream().map(InboxEntry::conversation).toList());
        List<UnreadConversation> page = new ArrayList<>();
        long bytes = 0;
        for (InboxEntry entry : entries) {
            Message message = newest.get(entry.conversation());
            bytes += message == null ? 0 : message.sizeInResponse();
            if (bytes > settings.maxResponse().toBytes() && !page.isEmpty()) {
                break;
            }
            page.add(unread(userId, entry, message));
        }
        return new UnreadPage(page, page.size() < found.size() ? offset + page.size() : 0);
    }

    private static UnreadConversation unread(long userId, InboxEntry entry, @Nullable Message newest) {
        InboxEntry current = newest == null ? entry : entry.broughtUpTo(newest, userId);
        Conversation conversation = entry.conversation();
        String partner =
                conversation instanceof Conversation.Session pair ? Long.toString(pair.partnerOf(userId)) : null;
        return new UnreadConversation(
                partner,
                partner == null ? conversation.key() : null,
                current.lastMsgId(),
                current.readMsgId(),
                current.unread(),
                newest == null ? null : stored(newest));
    }

    @Override
    public SystemUnreadCounts systemUnread(SystemUnreadRequest request) {
        Arguments.required("request", request);
        long userId = Arguments.id("userId", request.userId());
        Map<Integer, Long> counts = batches.with(batch -> {
            var asked = systemMessages.unread(batch, userId);
            batch.execute();
            return asked.toCompletableFuture().join();
        });
        return new SystemUnreadCounts(counts.entrySet().stream()
                .map(count -> new SystemUnread(count.getKey(), count.getValue()))
                .toList());
    }

    private static StoredMessage stored(Message message) {
        return new StoredMessage(
                Long.toString(message.senderId()),
                Long.toString(message.requestId()),
                message.msgId(),
                message.mimeType(),
                message.content(),
                message.sendTime());
    }
}
