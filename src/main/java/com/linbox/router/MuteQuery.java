package com.linbox.router;

import com.linbox.inbox.Inbox;
import com.linbox.journal.Origin;
import com.linbox.message.ErrorCode;
import com.linbox.protocol.Command;
import com.linbox.protocol.MuteConversationRequest;
import com.linbox.protocol.MuteConversationResponse;
import com.linbox.protocol.ServerPacket;
import com.linbox.redis.RedisBatch;
import java.time.Clock;
import java.util.concurrent.CompletionStage;

/** Lets a user hear nothing of a conversation while offline, or hear of it again. */
final class MuteQuery implements Query {

    private final Origin origin;
    private final Command.MuteConversation command;
    private final CompletionStage<Boolean> done;

    MuteQuery(Origin origin, Command.MuteConversation command, Inbox inbox, RedisBatch redis, Clock clock) {
        this.origin = origin;
        this.command = command;
        this.done = inbox.mute(redis, origin.userId(), command.conversation(), command.until(), clock.millis());
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public ServerPacket finish() {
        MuteConversationRequest request = command.request();
        if (!done.toCompletableFuture().join()) {
            return request.failure(
                    ErrorCode.CONFLICT,
                    "too many conversations are muted (expected: at most " + Inbox.MOST_MUTED + ")");
        }
        return new MuteConversationResponse(
                request.rId(),
                request.userId(),
                request.remoteId(),
                request.groupId(),
                request.type(),
                request.until(),
                ServerPacket.OK,
                null);
    }
}
