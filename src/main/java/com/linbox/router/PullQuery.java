package com.linbox.router;

import com.linbox.inbox.Inbox;
import com.linbox.journal.Origin;
import com.linbox.message.Message;
import com.linbox.protocol.Command;
import com.linbox.protocol.MessageBody;
import com.linbox.protocol.PullOldMsgRequest;
import com.linbox.protocol.PullOldMsgResponse;
import com.linbox.protocol.ServerPacket;
import com.linbox.redis.RedisBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads history. Who asks for the newest messages has read them. */
final class PullQuery implements Query {

    private final Origin origin;
    private final Command.Pull command;
    private final Inbox inbox;
    private final RedisBatch redis;
    private final long maxBytes;
    private Supplier<List<Message>> history = List::of;

    PullQuery(Origin origin, Command.Pull command, Inbox inbox, RedisBatch redis, long maxBytes) {
        this.origin = origin;
        this.command = command;
        this.inbox = inbox;
        this.redis = redis;
        this.maxBytes = maxBytes;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public void askStore(StoreReads reads) {
        if (command.upToMsgId() > command.afterMsgId()) {
            history = reads.pull(command.conversation(), command.afterMsgId(), command.upToMsgId(), command.limit());
        }
    }

    @Override
    public ServerPacket finish() {
        List<MessageBody> messages = new ArrayList<>();
        long newest = 0;
        long bytes = 0;
        for (Message message : history.get()) {
            bytes += message.sizeInResponse();
            if (bytes > maxBytes && !messages.isEmpty()) {
                break;
            }
            messages.add(MessageBody.of(message));
            newest = Math.max(newest, message.msgId());
        }
        if (command.fromNewest() && newest > 0) {
            inbox.read(redis, origin.userId(), command.conversation(), newest);
        }
        PullOldMsgRequest request = command.request();
        return new PullOldMsgResponse(
                request.rId(),
                request.userId(),
                request.remoteId(),
                request.groupId(),
                messages,
                ServerPacket.OK,
                null,
                request.type(),
                request.maxMsgIdInRequest(),
                request.requestType());
    }
}
