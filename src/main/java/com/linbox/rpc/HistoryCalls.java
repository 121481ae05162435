package com.linbox.rpc;

import com.linbox.group.Membership;
import com.linbox.inbox.Inbox;
import com.linbox.inbox.InboxEntry;
import com.linbox.message.Conversation;
import com.linbox.message.ErrorCode;
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
import com.linbox.store.GroupStore;
import com.linbox.store.MessageStore;
import com.linbox.systemmessage.SystemMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what users have, from where it is stored. */
final class HistoryCalls implements HistoryService {

    private final MessageStore store;
    private final GroupStore groups;
    private final Inbox inbox;
    private final SystemMessages systemMessages;
    private final Batches batches;
    private final RpcSettings settings;

    HistoryCalls(
            MessageStore store,
            GroupStore groups,
            Inbox inbox,
            SystemMessages systemMessages,
            Batches batches,
            RpcSettings settings) {
        this.store = store;
        this.groups = groups;
        this.inbox = inbox;
        this.systemMessages = systemMessages;
        this.batches = batches;
        this.settings = settings;
    }

    @Override
    public HistoryPage history(HistoryRequest request) {
        Arguments.required("request", request);
        Readable readable = readable(request);
        Conversation conversation = readable.conversation();
        long after = Math.max(readable.after(), position("afterMsgId", request.afterMsgId(), 0));
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

    /** What is to be read, which is after this place. */
    private record Readable(Conversation conversation, long after) {}

    private Readable readable(HistoryRequest request) {
        String user = request.userId();
        String group = request.groupId();
        boolean nobodys = group != null && !group.isEmpty() && (user == null || user.isEmpty());
        long userId = nobodys ? 0 : Arguments.id("userId", user);
        Conversation conversation = Arguments.conversation(userId, "partnerId", request.partnerId(), group);
        if (!(conversation instanceof Conversation.Group of)) {
            return new Readable(conversation, 0);
        }
        if (nobodys) {
            requireGroup(of.groupId());
            return new Readable(conversation, 0);
        }
        return new Readable(conversation, membership(of.groupId(), userId).readableAfter());
    }

    private Membership membership(long groupId, long userId) {
        GroupStore.Key key = new GroupStore.Key(groupId, userId);
        Membership membership = groups.memberships(List.of(key)).get(key);
        if (membership == null) {
            requireGroup(groupId);
            throw Failures.of(ErrorCode.NOT_MEMBER, "userId: " + userId + " is no member of the group");
        }
        return membership;
    }

    private void requireGroup(long groupId) {
        if (groups.group(groupId) == null) {
            throw Failures.of(ErrorCode.NO_SUCH_GROUP, "groupId: no such group");
        }
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
        List<Membership> memberships = groups.groupsOf(List.of(userId)).getOrDefault(userId, List.of());
        List<InboxEntry> found = batches.with(batch -> {
            var page = inbox.page(batch, userId, memberships, offset, limit + 1);
            batch.execute();
            return page.toCompletableFuture().join();
        });
        List<InboxEntry> entries = found.subList(0, Math.min(limit, found.size()));
        Map<Conversation, Message> newest =
                store.newest(entries.stream().map(InboxEntry::conversation).toList());
        remember(entries, newest);
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

    /** Of groups that the inbox does not know, be it that they are of the original's database. */
    private void remember(List<InboxEntry> entries, Map<Conversation, Message> newest) {
        List<Message> unknown = entries.stream()
                .filter(entry -> entry.lastMsgId() == 0)
                .map(entry -> newest.get(entry.conversation()))
                .filter(Objects::nonNull)
                .toList();
        if (!unknown.isEmpty()) {
            batches.with(batch -> {
                inbox.stored(batch, unknown);
                batch.execute();
                return unknown;
            });
        }
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
