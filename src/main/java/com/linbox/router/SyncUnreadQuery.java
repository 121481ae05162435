package com.linbox.router;

import com.linbox.group.Membership;
import com.linbox.inbox.Inbox;
import com.linbox.inbox.InboxEntry;
import com.linbox.journal.Origin;
import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.protocol.Command;
import com.linbox.protocol.MessageBody;
import com.linbox.protocol.ServerPacket;
import com.linbox.protocol.SyncUnreadRequest;
import com.linbox.protocol.SyncUnreadResponse;
import com.linbox.protocol.UnreadMsg;
import com.linbox.redis.RedisBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists conversations with their unread counts and newest messages. */
final class SyncUnreadQuery implements Query {

    private final Origin origin;
    private final Command.SyncAll command;
    private final CompletionStage<List<InboxEntry>> entries;
    private final Inbox inbox;
    private final RedisBatch redis;
    private final long maxBytes;

    /** By group id. */
    private final Map<Long, Long> joinedAfter;

    private @Nullable StoreReads reads;

    /**
     * @param entries the conversations from the command's {@code offset} on, one more than its {@code limit} where there are
     *     more
     * @param memberships of all groups among them, at least
     * @param maxBytes where to cut the page
     */
    SyncUnreadQuery(
            Origin origin,
            Command.SyncAll command,
            CompletionStage<List<InboxEntry>> entries,
            Collection<Membership> memberships,
            Inbox inbox,
            RedisBatch redis,
            long maxBytes) {
        this.origin = origin;
        this.command = command;
        this.entries = entries;
        this.joinedAfter = memberships.stream().collect(Collectors.toMap(Membership::groupId, Membership::sinceMsgId));
        this.inbox = inbox;
        this.redis = redis;
        this.maxBytes = maxBytes;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public void askStore(StoreReads storeReads) {
        reads = storeReads;
        List<InboxEntry> found = entries.toCompletableFuture().join();
        for (InboxEntry entry : found.subList(0, Math.min(command.limit(), found.size()))) {
            storeReads.wantNewest(entry.conversation());
        }
    }

    @Override
    public ServerPacket finish() {
        List<InboxEntry> found = entries.toCompletableFuture().join();
        List<UnreadMsg> unreads = new ArrayList<>();
        long bytes = 0;
        for (InboxEntry entry : found.subList(0, Math.min(command.limit(), found.size()))) {
            Message newest = Objects.requireNonNull(reads).newest(entry.conversation());
            bytes += newest == null ? 0 : newest.sizeInResponse();
            if (bytes > maxBytes && !unreads.isEmpty()) {
                break;
            }
            if (newest != null && entry.lastMsgId() == 0) {
                // A group of the original's database, or of a Redis that has lost its memory.
                inbox.stored(redis, List.of(newest));
            }
            unreads.add(unread(entry, newest));
        }
        int next = unreads.size() < found.size() ? command.offset() + unreads.size() : 0;
        SyncUnreadRequest request = command.request();
        return new SyncUnreadResponse(
                request.rId(),
                request.userId(),
                request.remoteId(),
                request.groupId(),
                request.type(),
                unreads,
                next,
                ServerPacket.OK,
                null);
    }

    private UnreadMsg unread(InboxEntry entry, @Nullable Message newest) {
        InboxEntry current = newest == null ? entry : entry.broughtUpTo(newest, origin.userId());
        long user = origin.userId();
        Conversation conversation = entry.conversation();
        return new UnreadMsg(
                Long.toString(user),
                conversation.remoteOf(user),
                conversation.groupText(),
                conversation.type().code(),
                current.lastMsgId(),
                current.unread(),
                conversation instanceof Conversation.Group group ? joinedAfter.get(group.groupId()) : null,
                newest == null ? null : MessageBody.of(newest));
    }
}
