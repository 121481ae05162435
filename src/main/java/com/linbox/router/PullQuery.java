package com.linbox.router;

import com.linbox.journal.Origin;
import com.linbox.message.Message;
import com.linbox.protocol.Command;
import com.linbox.protocol.MessageBody;
import com.linbox.protocol.PullOldMsgRequest;
import com.linbox.protocol.PullOldMsgResponse;
import com.linbox.protocol.ServerPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads history. Who asks for the newest messages has read them. */
final class PullQuery implements Query {

    private final Origin origin;
    private final Command.Pull command;
    private final long after;
    private final @Nullable ReadMove move;
    private final long maxBytes;
    private Supplier<List<Message>> history = List::of;

    /**
     * @param readableAfter after which message the user may read at all
     * @param move where the user has read what is returned, null where not
     */
    PullQuery(Origin origin, Command.Pull command, long readableAfter, @Nullable ReadMove move, long maxBytes) {
        this.origin = origin;
        this.command = command;
        this.after = Math.max(readableAfter, command.afterMsgId());
        this.move = move;
        this.maxBytes = maxBytes;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public void askStore(StoreReads reads) {
        if (command.upToMsgId() > after) {
            history = reads.pull(command.conversation(), after, command.upToMsgId(), command.limit());
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
        if (move != null) {
            move.to(newest);
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

    @Override
    public void tellOthers(Answers answers) {
        if (move != null) {
            move.tellOthers(answers);
        }
    }
}
