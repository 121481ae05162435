package com.linbox.router;

import com.linbox.inbox.Inbox;
import com.linbox.inbox.InboxEntry;
import com.linbox.journal.Origin;
import com.linbox.message.Message;
import com.linbox.protocol.Command;
import com.linbox.protocol.ReadAckRequest;
import com.linbox.protocol.ReadAckResponse;
import com.linbox.protocol.ServerPacket;
import com.linbox.redis.RedisBatch;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Moves a read position, but never beyond the newest message: what is yet to come would count as read. */
final class ReadAckQuery implements Query {

    private final Origin origin;
    private final Command.ReadAck command;
    private final Inbox inbox;
    private final RedisBatch redis;
    private final CompletionStage<@Nullable InboxEntry> entry;
    private @Nullable StoreReads reads;

    ReadAckQuery(Origin origin, Command.ReadAck command, Inbox inbox, RedisBatch redis) {
        this.origin = origin;
        this.command = command;
        this.inbox = inbox;
        this.redis = redis;
        this.entry = inbox.entry(redis, origin.userId(), command.conversation());
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public void askStore(StoreReads storeReads) {
        // The inbox may be a moment behind the database, where the client may have read from.
        if (command.msgId() > lastInInbox()) {
            storeReads.wantNewest(command.conversation());
            reads = storeReads;
        }
    }

    @Override
    public ServerPacket finish() {
        long newest = lastInInbox();
        if (reads != null) {
            Message stored = reads.newest(command.conversation());
            newest = Math.max(newest, stored == null ? 0 : stored.msgId());
        }
        long upTo = Math.min(command.msgId(), newest);
        if (upTo > 0) {
            inbox.read(redis, origin.userId(), command.conversation(), upTo);
        }
        ReadAckRequest request = command.request();
        return new ReadAckResponse(
                request.rId(),
                request.userId(),
                request.remoteId(),
                request.groupId(),
                request.type(),
                ServerPacket.OK,
                null);
    }

    private long lastInInbox() {
        InboxEntry known = entry.toCompletableFuture().join();
        return known == null ? 0 : known.lastMsgId();
    }
}
