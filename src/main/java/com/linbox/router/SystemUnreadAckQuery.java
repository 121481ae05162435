package com.linbox.router;

import com.linbox.journal.Origin;
import com.linbox.protocol.Command;
import com.linbox.protocol.ServerPacket;
import com.linbox.protocol.SystemUnreadAckResponse;
import com.linbox.redis.RedisBatch;
import com.linbox.systemmessage.SystemMessages;

/** Marks the system messages of a type as read. */
final class SystemUnreadAckQuery implements Query {

    private final Origin origin;
    private final Command.SystemUnreadAck command;
    private final SystemMessages systemMessages;
    private final RedisBatch redis;

    SystemUnreadAckQuery(
            Origin origin, Command.SystemUnreadAck command, SystemMessages systemMessages, RedisBatch redis) {
        this.origin = origin;
        this.command = command;
        this.systemMessages = systemMessages;
        this.redis = redis;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public ServerPacket finish() {
        systemMessages.acknowledge(redis, origin.userId(), command.systemType());
        return new SystemUnreadAckResponse(command.request().rId(), ServerPacket.OK, null);
    }
}
