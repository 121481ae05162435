package com.linbox.faults;

import com.linbox.client.ClientListener;
import com.linbox.client.ClientSettings;
import com.linbox.client.GroupChanged;
import com.linbox.client.LinboxClient;
import com.linbox.client.SentMessage;
import com.linbox.group.HistoryAccess;
import com.linbox.group.Inviters;
import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.protocol.ProtocolVersion;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A user whose client is there during the whole run: talks, reads, and renames the group it owns, if any. */
final class Chatter implements AutoCloseable {

    private static final int READ_ONE_OF = 8;
    private static final int RENAME_ONE_OF = 40;

    private final long user;
    private final int window;
    private final Workload workload;
    private final Random random;
    private final LinboxClient client;
    private final AtomicInteger underway = new AtomicInteger();
    private volatile List<Conversation> conversations = List.of();
    private volatile long owned;

    /**
     * @param window how many messages it has under way at most
     * @param patience after how long it asks again where an answer is missing
     */
    Chatter(
            long user,
            int window,
            Duration patience,
            InetSocketAddress server,
            EventLoopGroup loops,
            Workload workload,
            long seed) {
        this.user = user;
        this.window = window;
        this.workload = workload;
        this.random = new Random(seed);
        this.client = LinboxClient.create(settings(user, server, "desktop", patience), new Listener(), loops);
    }

    static ClientSettings settings(long user, InetSocketAddress server, String device, Duration patience) {
        return ClientSettings.of(server.getHostString(), server.getPort(), user)
                .version(ProtocolVersion.V2)
                .device(device)
                .requestTimeout(patience)
                .sendDeadline(Workload.DEADLINE)
                .pingInterval(Duration.ofSeconds(3))
                .reconnect(Duration.ofMillis(100), Duration.ofSeconds(2))
                .build();
    }

    long user() {
        return user;
    }

    void connect() throws Exception {
        client.connect().get(1, TimeUnit.MINUTES);
    }

    /** Makes a group of which this user is the owner. */
    Conversation makeGroup(String name, List<Long> others) throws Exception {
        owned = client.groups()
                .create(name, others, Inviters.ADMINISTRATORS, HistoryAccess.ALL)
                .get(1, TimeUnit.MINUTES);
        return new Conversation.Group(owned);
    }

    /** May be called once it is connected. */
    void talkIn(List<Conversation> all) {
        conversations = all;
    }

    /** To be called by one thread, again and again. */
    void tick() {
        if (conversations.isEmpty() || underway.get() >= window) {
            return;
        }
        if (owned != 0 && random.nextInt(RENAME_ONE_OF) == 0) {
            var group = new Conversation.Group(owned);
            String name = workload.name(user);
            track(group, name, () -> client.groups().update(owned, name, null, null));
        } else {
            Conversation conversation = conversations.get(random.nextInt(conversations.size()));
            String content = workload.content(user);
            track(conversation, content, () -> client.send(conversation, "text/plain", content));
        }
    }

    private void track(Conversation conversation, String content, Supplier<CompletableFuture<SentMessage>> send) {
        underway.incrementAndGet();
        workload.sent(user, conversation, content);
        send.get().whenComplete((stored, failure) -> {
            if (failure == null) {
                workload.acked(content, stored.requestId(), stored.msgId());
            } else {
                workload.unanswered(content, failure.toString());
            }
            underway.decrementAndGet();
        });
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Listener implements ClientListener {

        @Override
        public void message(Message message) {
            workload.received(
                    user, message.conversation(), message.msgId(), message.senderId(), message.content(), true);
            if (Math.floorMod(message.msgId() * 31 + user, READ_ONE_OF) == 0) {
                workload.reads(user, message.conversation(), message.msgId(), false);
                client.read(message.conversation(), message.msgId()).thenRun(() -> {
                    workload.reads(user, message.conversation(), message.msgId(), true);
                });
            }
        }

        @Override
        public void groupChanged(GroupChanged change) {
            workload.received(
                    user, change.group(), change.msgId(), change.actorId(), Workload.nameOf(change.change()), true);
        }
    }
}
