package com.linbox.router;

import com.linbox.inbox.InboxEntry;
import com.linbox.journal.Origin;
import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.protocol.MessageBody;
import com.linbox.protocol.ServerPacket;
import com.linbox.protocol.SyncUnreadRequest;
import com.linbox.protocol.SyncUnreadResponse;
import com.linbox.protocol.UnreadMsg;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Lists conversations with their unread counts and newest messages. */
final class SyncUnreadQuery implements Query {

    private final Origin origin;
    private final SyncUnreadRequest request;
    private final int offset;
    private final int limit;
    private final long maxBytes;
    private final CompletionStage<List<InboxEntry>> entries;
    private @Nullable StoreReads reads;

    /**
     * @param entries the conversations from {@code offset} on, one more than {@code limit} where there are more
     * @param maxBytes where to cut the page
     */
    SyncUnreadQuery(
            Origin origin,
            SyncUnreadRequest request,
            int offset,
            int limit,
            long maxBytes,
            CompletionStage<List<InboxEntry>> entries) {
        this.origin = origin;
        this.request = request;
        this.offset = offset;
        this.limit = limit;
        this.maxBytes = maxBytes;
        this.entries = entries;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public void askStore(StoreReads storeReads) {
        reads = storeReads;
        List<InboxEntry> found = entries.toCompletableFuture().join();
        for (InboxEntry entry : found.subList(0, Math.min(limit, found.size()))) {
            storeReads.wantNewest(entry.conversation());
        }
    }

    @Override
    public ServerPacket finish() {
        List<InboxEntry> found = entries.toCompletableFuture().join();
        List<UnreadMsg> unreads = new ArrayList<>();
        long bytes = 0;
        for (InboxEntry entry : found.subList(0, Math.min(limit, found.size()))) {
            Message newest = Objects.requireNonNull(reads).newest(entry.conversation());
            bytes += newest == null ? 0 : newest.sizeInResponse();
            if (bytes > maxBytes && !unreads.isEmpty()) {
                break;
            }
            unreads.add(unread(entry, newest));
        }
        int next = unreads.size() < found.size() ? offset + unreads.size() : 0;
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
        boolean pair = conversation instanceof Conversation.Session;
        return new UnreadMsg(
                Long.toString(user),
                conversation instanceof Conversation.Session session
                        ? Long.toString(session.partnerOf(user))
                        : conversation.key(),
                pair ? null : conversation.key(),
                conversation.type().code(),
                current.lastMsgId(),
                current.unread(),
                newest == null ? null : MessageBody.of(newest));
    }
}
