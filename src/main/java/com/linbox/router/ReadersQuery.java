package com.linbox.router;

import com.linbox.inbox.Inbox;
import com.linbox.inbox.ReadPosition;
import com.linbox.journal.Origin;
import com.linbox.message.Conversation;
import com.linbox.protocol.Command;
import com.linbox.protocol.Reader;
import com.linbox.protocol.ReadersRequest;
import com.linbox.protocol.ReadersResponse;
import com.linbox.protocol.ServerPacket;
import com.linbox.redis.RedisBatch;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Tells who has read a conversation up to a message. */
final class ReadersQuery implements Query {

    private final Origin origin;
    private final Command.Readers command;
    private final CompletionStage<List<ReadPosition>> readers;

    ReadersQuery(Origin origin, Command.Readers command, Inbox inbox, RedisBatch redis) {
        this.origin = origin;
        this.command = command;
        // One more than asked for tells whether there are more.
        this.readers = command.conversation() instanceof Conversation.Group group
                ? inbox.readers(redis, group.groupId(), command.msgId(), command.offset(), command.limit() + 1)
                : partner((Conversation.Session) command.conversation(), inbox, redis);
    }

    private CompletionStage<List<ReadPosition>> partner(Conversation.Session pair, Inbox inbox, RedisBatch redis) {
        long partner = pair.partnerOf(origin.userId());
        return inbox.entry(redis, partner, pair)
                .thenApply(entry -> entry == null || entry.readMsgId() < command.msgId() || command.offset() > 0
                        ? List.of()
                        : List.of(new ReadPosition(partner, entry.readMsgId())));
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public ServerPacket finish() {
        List<ReadPosition> found = readers.toCompletableFuture().join();
        List<Reader> page = found.stream()
                .limit(command.limit())
                .map(position -> new Reader(Long.toString(position.userId()), position.msgId()))
                .toList();
        ReadersRequest request = command.request();
        return new ReadersResponse(
                request.rId(),
                request.userId(),
                request.remoteId(),
                request.groupId(),
                request.type(),
                request.msgId(),
                page,
                found.size() > page.size() ? command.offset() + page.size() : 0,
                ServerPacket.OK,
                null);
    }
}
