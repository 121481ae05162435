package com.linbox.router;

import com.linbox.journal.Origin;
import com.linbox.message.Message;
import com.linbox.protocol.Command;
import com.linbox.protocol.ReadAckRequest;
import com.linbox.protocol.ReadAckResponse;
import com.linbox.protocol.ServerPacket;
import org.jspecify.annotations.Nullable;

/** Moves a read position, but never beyond the newest message: what is yet to come would count as read. */
final class ReadAckQuery implements Query {

    private final Origin origin;
    private final Command.ReadAck command;
    private final ReadMove move;
    private @Nullable StoreReads reads;

    ReadAckQuery(Origin origin, Command.ReadAck command, ReadMove move) {
        this.origin = origin;
        this.command = command;
        this.move = move;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public void askStore(StoreReads storeReads) {
        // The inbox may be a moment behind the database, where the client may have read from.
        if (command.msgId() > move.lastInInbox()) {
            storeReads.wantNewest(command.conversation());
            reads = storeReads;
        }
    }

    @Override
    public ServerPacket finish() {
        long newest = move.lastInInbox();
        if (reads != null) {
            Message stored = reads.newest(command.conversation());
            newest = Math.max(newest, stored == null ? 0 : stored.msgId());
        }
        move.to(Math.min(command.msgId(), newest));
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

    @Override
    public void tellOthers(Answers answers) {
        move.tellOthers(answers);
    }
}
