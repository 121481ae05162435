package com.linbox.client;

import com.linbox.client.PendingRequests.PendingRequest;
import com.linbox.message.Conversation;
import com.linbox.message.Ids;
import com.linbox.message.Message;
import com.linbox.message.RequestRejectedException;
import com.linbox.protocol.NewMessage;
import com.linbox.protocol.OfflineInfo;
import com.linbox.protocol.Packet;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.PresenceChanged;
import com.linbox.protocol.ProtocolVersion;
import com.linbox.protocol.PullOldMsgResponse;
import com.linbox.protocol.ReadMoved;
import com.linbox.protocol.ReadReceipt;
import com.linbox.protocol.Reconnect;
import com.linbox.protocol.ServerPacket;
import com.linbox.protocol.SyncUnreadResponse;
import com.linbox.protocol.SystemMessage;
import com.linbox.protocol.Typing;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies behind {@link LinboxClient}: brings together the connection, the requests that wait and the messages that
 * come. {@link #open}, {@link #end} and {@link #request} may be called from any thread, everything else happens on the
 * event loop.
 */
final class ClientSession implements History {

    private static final Logger log = LoggerFactory.getLogger(ClientSession.class);

    /** Encryption pads by up to one block. */
    private static final int PADDING = 16;

    private final ClientSettings settings;
    private final ClientListener listener;
    private final EventLoop loop;
    private final Runnable afterEnd;
    private final RequestIds ids = new RequestIds();
    private final Requests requests;
    private final PendingRequests pending;
    private final Deliveries deliveries;
    private final PresenceList presence;
    private final ConnectionKeeper keeper;
    private @Nullable ScheduledFuture<?> pings;
    private long lastSystemMessage;
    private volatile @Nullable LinboxClientException ended;
    private volatile boolean connected;

    /** @param afterEnd called once, when nothing more will happen */
    ClientSession(ClientSettings settings, ClientListener listener, EventLoop loop, Runnable afterEnd) {
        this.settings = settings;
        this.listener = listener;
        this.loop = loop;
        this.afterEnd = afterEnd;
        this.requests = new Requests(settings.userId());
        this.deliveries = new Deliveries(loop, this, settings.userId(), settings.deliverUnread(), this::deliver);
        this.pending = new PendingRequests(
                loop, settings.maxPending(), settings.requestTimeout().toNanos(), deliveries::ownStored);
        this.presence = new PresenceList(
                loop, this::askForPresence, (user, online) -> tell(() -> listener.presence(user, online)));
        this.keeper = new ConnectionKeeper(loop, settings, new ConnectionEvents());
    }

    boolean isConnected() {
        return connected;
    }

    long nextId() {
        return ids.next();
    }

    Requests requests() {
        return requests;
    }

    void open(CompletableFuture<Void> signedIn) {
        CompletableFuture<Void> opened = new CompletableFuture<>();
        onLoop(signedIn, () -> keeper.open(opened));
        opened.whenComplete((done, error) -> {
            if (error == null) {
                deliveries.afterComingIn(signedIn);
                loop.schedule(
                        () -> signedIn.complete(null), settings.requestTimeout().toNanos(), TimeUnit.NANOSECONDS);
            } else {
                signedIn.completeExceptionally(error);
            }
        });
    }

    void end() {
        onLoop(new CompletableFuture<>(), () -> keeper.end(new ClientClosedException()));
    }

    /** Something that is of use now or never. */
    CompletableFuture<ServerPacket> query(Packet packet, long id) {
        return request(packet, id, null, settings.requestTimeout(), true);
    }

    /**
     * Something that the server stores once, and that is therefore tried until it is answered.
     *
     * @param conversation where, null in a group that it makes
     */
    CompletableFuture<ServerPacket> send(Packet packet, long id, @Nullable Conversation conversation) {
        return request(packet, id, conversation, settings.sendDeadline(), true);
    }

    /** @param counted whether it takes one of the places for requests; the client's own few do not */
    private CompletableFuture<ServerPacket> request(
            Packet packet, long id, @Nullable Conversation conversation, Duration deadline, boolean counted) {
        if (!packet.packetType().isOf(settings.version())) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(
                    packet.packetType() + ": version " + settings.version().number() + " (expected: 2)"));
        }
        byte[] json = PacketJson.write(packet);
        int limit = settings.maxSent() - PADDING;
        if (json.length > limit) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(
                    packet.packetType() + ": " + json.length + " bytes (expected: at most " + limit + ")"));
        }
        if (counted && !pending.reserve()) {
            return CompletableFuture.failedFuture(new TooManyPendingException(settings.maxPending()));
        }
        var request = new PendingRequest(
                id, packet.packetType(), json, conversation, System.nanoTime() + deadline.toNanos(), counted);
        onLoop(request.answer, () -> pending.submit(request));
        return request.answer;
    }

    private void onLoop(CompletableFuture<?> future, Runnable action) {
        if (loop.inEventLoop()) {
            runUnlessEnded(future, action);
            return;
        }
        try {
            loop.execute(() -> runUnlessEnded(future, action));
        } catch (RejectedExecutionException e) {
            future.completeExceptionally(Objects.requireNonNullElseGet(ended, ClientClosedException::new));
        }
    }

    private void runUnlessEnded(CompletableFuture<?> future, Runnable action) {
        LinboxClientException why = ended;
        if (why == null) {
            action.run();
        } else {
            future.completeExceptionally(why);
        }
    }

    @Override
    public CompletableFuture<List<Message>> pull(Conversation conversation, long maxMsgId, long minMsgId, int limit) {
        long id = ids.next();
        return request(
                        requests.pull(id, conversation, maxMsgId, minMsgId, limit),
                        id,
                        null,
                        settings.requestTimeout(),
                        false)
                .thenApply(answer -> WireMessages.messages(conversation, (PullOldMsgResponse) answer));
    }

    @Override
    public CompletableFuture<SyncUnreadResponse> unread(@Nullable Conversation conversation, int offset, int limit) {
        long id = ids.next();
        return request(requests.unread(id, conversation, offset, limit), id, null, settings.requestTimeout(), false)
                .thenApply(SyncUnreadResponse.class::cast);
    }

    CompletableFuture<Map<Long, Boolean>> subscribePresence(Set<Long> users) {
        CompletableFuture<Map<Long, Boolean>> told = new CompletableFuture<>();
        if (settings.version() == ProtocolVersion.V1) {
            told.completeExceptionally(new IllegalArgumentException(
                    "version: V1 (expected: V2, since version 1 of the protocol knows no presence)"));
        } else {
            onLoop(told, () -> presence.replace(users, told));
        }
        return told;
    }

    private CompletableFuture<ServerPacket> askForPresence(Set<Long> users) {
        long id = ids.next();
        return request(requests.presence(id, users), id, null, settings.requestTimeout(), false);
    }

    private void deliver(Message message) {
        // An own message comes back where its answer was lost with the connection, or from another device.
        boolean answered = message.senderId() == settings.userId() && pending.settle(message);
        if (!answered && ended == null) {
            tell(() -> announce(message));
        }
    }

    private void announce(Message message) {
        GroupChanged group = GroupChanged.of(message);
        MessageChanged changed = MessageChanged.of(message);
        if (group != null) {
            listener.groupChanged(group);
        } else if (changed != null) {
            listener.messageChanged(changed);
        } else {
            listener.message(message);
        }
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.warn("The listener of user {} failed", settings.userId(), e);
        }
    }

    /** The connection ends where a ping has no answer: the other side may be gone without a word. */
    private void ping() {
        long id = ids.next();
        request(requests.ping(id), id, null, settings.requestTimeout(), false).whenComplete((pong, error) -> {
            if (error instanceof NoAnswerException) {
                keeper.closeConnection();
            }
        });
    }

    private final class ConnectionEvents implements ConnectionKeeper.Events {

        @Override
        public void up(Connection connection, boolean first) {
            connected = true;
            long interval = settings.pingInterval().toNanos();
            pings = loop.scheduleAtFixedRate(ClientSession.this::ping, interval, interval, TimeUnit.NANOSECONDS);
            pending.connected(connection);
            deliveries.connected();
            presence.connected();
            if (!first) {
                tell(listener::connectionRestored);
            }
        }

        @Override
        public void received(PacketType type, byte[] json) {
            Packet packet;
            try {
                packet = PacketJson.read(type, json);
            } catch (RequestRejectedException e) {
                log.warn("User {} passes over a {} of the server: {}", settings.userId(), type, e.detail());
                return;
            }
            if (packet instanceof NewMessage news) {
                pushed(news);
            } else if (packet instanceof OfflineInfo offline) {
                String reason = Objects.requireNonNullElse(offline.reason(), "");
                tell(() -> listener.kicked(reason));
                keeper.kickedOut(reason);
            } else if (packet instanceof SystemMessage system) {
                told(system);
            } else if (packet instanceof Reconnect reconnect) {
                keeper.moveAfter(reconnect.delay());
            } else if (packet instanceof PresenceChanged change) {
                presence.changed(change);
            } else if (!heard(packet) && packet instanceof ServerPacket answer) {
                pending.answered(answer);
            }
        }

        /** @return whether the packet tells of something that happens elsewhere, and is no answer */
        private boolean heard(Packet packet) {
            if (packet instanceof ReadMoved moved) {
                in(
                        moved.type(),
                        moved.remoteId(),
                        moved.groupId(),
                        where -> listener.readElsewhere(where, moved.msgId()));
            } else if (packet instanceof ReadReceipt receipt) {
                in(receipt.type(), receipt.remoteId(), null, where -> listener.readByPartner(where, receipt.msgId()));
            } else if (packet instanceof Typing typing) {
                in(typing.type(), typing.remoteId(), typing.groupId(), where -> typing(where, typing.fromUserId()));
            } else {
                return false;
            }
            return true;
        }

        private void typing(Conversation conversation, String userId) {
            try {
                listener.typing(conversation, Ids.parse("from_user_id", userId));
            } catch (RequestRejectedException e) {
                log.warn("User {} passes over a typing of the server: {}", settings.userId(), e.detail());
            }
        }

        private void in(
                int type, @Nullable String remoteId, @Nullable String groupId, Consumer<Conversation> happened) {
            Conversation conversation = WireMessages.conversation(settings.userId(), type, remoteId, groupId);
            if (conversation != null) {
                tell(() -> happened.accept(conversation));
            }
        }

        /** After a connection that broke the server begins anew with what it does not know this client to have. */
        private void told(SystemMessage message) {
            Long id = message.msgId();
            if (id != null && id <= lastSystemMessage) {
                return;
            }
            lastSystemMessage = id == null ? lastSystemMessage : id;
            tell(() -> listener.systemMessage(message.systemType(), Objects.requireNonNullElse(message.content(), "")));
        }

        private void pushed(NewMessage news) {
            Conversation conversation =
                    WireMessages.conversation(settings.userId(), news.type(), news.remoteId(), news.groupId());
            if (conversation == null) {
                return;
            }
            Message message = WireMessages.message(conversation, news.msg());
            if (message == null) {
                deliveries.announced(conversation);
            } else {
                deliveries.pushed(message);
            }
        }

        @Override
        public void down(ConnectionFailedException cause) {
            disconnected(cause);
            tell(() -> listener.connectionLost(cause));
        }

        @Override
        public void leaving(Runnable ready) {
            pending.hold(ready);
        }

        @Override
        public void left() {
            gone();
            pending.left();
        }

        @Override
        public void ended(LinboxClientException why) {
            ended = why;
            disconnected(why);
            pending.failAll(why);
            if (why instanceof RefusedException refused) {
                tell(() -> listener.refused(refused));
            }
            afterEnd.run();
        }

        private void disconnected(LinboxClientException cause) {
            gone();
            pending.disconnected(cause);
        }

        private void gone() {
            connected = false;
            if (pings != null) {
                pings.cancel(false);
            }
            deliveries.disconnected();
            presence.disconnected();
        }
    }
}
