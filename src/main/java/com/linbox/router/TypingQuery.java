package com.linbox.router;

import com.linbox.group.GroupState;
import com.linbox.journal.Origin;
import com.linbox.message.Conversation;
import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import com.linbox.outbox.Delivery;
import com.linbox.presence.Presence;
import com.linbox.presence.Session;
import com.linbox.protocol.Command;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.ProtocolVersion;
import com.linbox.protocol.ServerPacket;
import com.linbox.protocol.Typing;
import com.linbox.protocol.TypingResponse;
import com.linbox.redis.RedisBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tells the others in a conversation that the user is writing. Nothing of it is kept. */
final class TypingQuery implements Query {

    /** In a larger group somebody is always writing. */
    static final int MAX_MEMBERS = 200;

    private final Origin origin;
    private final Command.Typing command;
    private final Map<Long, CompletionStage<List<Session>>> sessions = new LinkedHashMap<>();

    /**
     * @param group the group that it is for, null where it is for none
     * @throws RequestRejectedException where the group is too large
     */
    TypingQuery(Origin origin, Command.Typing command, @Nullable GroupState group, Presence presence, RedisBatch redis)
            throws RequestRejectedException {
        this.origin = origin;
        this.command = command;
        if (group == null) {
            long partner = ((Conversation.Session) command.conversation()).partnerOf(origin.userId());
            sessions.put(partner, presence.sessions(redis, partner));
            return;
        }
        int members = group.members().size();
        if (members > MAX_MEMBERS) {
            throw new RequestRejectedException(
                    ErrorCode.CONFLICT, "group_id: " + members + " members (expected: at most " + MAX_MEMBERS + ")");
        }
        group.members().forEach(member -> sessions.put(member.userId(), presence.sessions(redis, member.userId())));
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public ServerPacket finish() {
        return new TypingResponse(command.request().rId(), ServerPacket.OK, null);
    }

    @Override
    public void tellOthers(Answers answers) {
        sessions.forEach((userId, found) -> {
            if (userId == origin.userId()) {
                return;
            }
            byte[] json = PacketJson.write(typing(userId));
            for (Session session : found.toCompletableFuture().join()) {
                if (session.protocol() >= ProtocolVersion.V2.number()) {
                    answers.push(session, new Delivery.Push(session.connectionId(), PacketType.TYPING, json));
                }
            }
        });
    }

    private Typing typing(long userId) {
        Conversation conversation = command.conversation();
        return new Typing(
                Long.toString(userId),
                conversation.remoteOf(userId),
                conversation.groupText(),
                conversation.type().code(),
                Long.toString(origin.userId()));
    }
}
