package com.linbox.router;

import com.linbox.inbox.Inbox;
import com.linbox.inbox.InboxEntry;
import com.linbox.journal.Origin;
import com.linbox.message.Conversation;
import com.linbox.outbox.Delivery;
import com.linbox.presence.Presence;
import com.linbox.presence.Session;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.ProtocolVersion;
import com.linbox.protocol.ReadMoved;
import com.linbox.protocol.ReadReceipt;
import com.linbox.protocol.ServerPacket;
import com.linbox.redis.RedisBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Moves a user's read position in a conversation, and tells the user's other devices and, in a one-to-one conversation, the
 * partner's. Clients of version 1 know no such packets.
 */
final class ReadMove {

    private static final CompletionStage<List<Session>> NOBODY = CompletableFuture.completedStage(List.of());

    private final Origin origin;
    private final Conversation conversation;
    private final Inbox inbox;
    private final RedisBatch redis;
    private final CompletionStage<? extends @Nullable InboxEntry> entry;
    private final Presence presence;
    private CompletionStage<List<Session>> own = NOBODY;
    private CompletionStage<List<Session>> partners = NOBODY;
    private long movedTo;

    ReadMove(
            Origin origin,
            Conversation conversation,
            CompletionStage<? extends @Nullable InboxEntry> entry,
            Inbox inbox,
            Presence presence,
            RedisBatch redis) {
        this.origin = origin;
        this.conversation = conversation;
        this.entry = entry;
        this.inbox = inbox;
        this.redis = redis;
        this.presence = presence;
    }

    /** Who is told how far the user has read; null in a group, and where a user talks to themself. */
    private @Nullable Long partner() {
        if (conversation instanceof Conversation.Session pair) {
            long partner = pair.partnerOf(origin.userId());
            return partner == origin.userId() ? null : partner;
        }
        return null;
    }

    /** The newest message's id, as far as the inbox knows. */
    long lastInInbox() {
        InboxEntry known = entry.toCompletableFuture().join();
        return known == null ? 0 : known.lastMsgId();
    }

    /** The user has read up to here, which must not be beyond the newest message. */
    void to(long msgId) {
        InboxEntry known = entry.toCompletableFuture().join();
        if (msgId > (known == null ? 0 : known.readMsgId())) {
            inbox.read(redis, origin.userId(), conversation, msgId);
            movedTo = msgId;
            own = presence.sessions(redis, origin.userId());
            Long partner = partner();
            partners = partner == null ? NOBODY : presence.sessions(redis, partner);
        }
    }

    void tellOthers(Answers answers) {
        if (movedTo == 0) {
            return;
        }
        Long partner = partner();
        String user = Long.toString(origin.userId());
        push(
                own,
                new ReadMoved(
                        user,
                        conversation.remoteOf(origin.userId()),
                        conversation.groupText(),
                        conversation.type().code(),
                        movedTo),
                answers);
        if (partner != null) {
            push(
                    partners,
                    new ReadReceipt(
                            Long.toString(partner), user, conversation.type().code(), movedTo),
                    answers);
        }
    }

    private void push(CompletionStage<List<Session>> sessions, ServerPacket packet, Answers answers) {
        byte[] json = null;
        for (Session session : sessions.toCompletableFuture().join()) {
            if (session.protocol() < ProtocolVersion.V2.number()
                    || origin.isOf(session.gatewayId(), session.connectionId())) {
                continue;
            }
            if (json == null) {
                json = PacketJson.write(packet);
            }
            answers.push(session, new Delivery.Push(session.connectionId(), packet.packetType(), json));
        }
    }
}
