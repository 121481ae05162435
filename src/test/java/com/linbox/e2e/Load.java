package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.client.ClientListener;
import com.linbox.client.ClientSettings;
import com.linbox.client.ConnectionFailedException;
import com.linbox.client.LinboxClient;
import com.linbox.client.SentMessage;
import com.linbox.client.UnreadConversation;
import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.protocol.ProtocolVersion;
import com.linbox.testing.SqlEngine;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Pairs of users of whom one writes to the other as fast as answers come, and the accounts to hold against the database
 * and against what the other has received.
 */
final class Load implements AutoCloseable {

    private static final int WINDOW = 5;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Pair> pairs = new ArrayList<>();
    private final AtomicLong acked = new AtomicLong();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger restored = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;

    /** @param gateways the gateway of the nth client */
    Load(int numberOfPairs, IntFunction<InetSocketAddress> gateways) {
        this(numberOfPairs, number -> List.of(gateways.apply(number)), ProtocolVersion.V1);
    }

    /** @param gateways those of the nth client, the first one first */
    Load(int numberOfPairs, IntFunction<List<InetSocketAddress>> gateways, ProtocolVersion version) {
        for (int i = 0; i < numberOfPairs; i++) {
            pairs.add(new Pair(gateways.apply(i), gateways.apply(i + 1), version));
        }
    }

    void start() throws Exception {
        for (Pair pair : pairs) {
            pair.sender.connect().get(30, TimeUnit.SECONDS);
            pair.receiver.connect().get(30, TimeUnit.SECONDS);
        }
        for (Pair pair : pairs) {
            for (int i = 0; i < WINDOW; i++) {
                pair.sendNext();
            }
        }
    }

    long acked() {
        return acked.get();
    }

    /** How many connections were lost, for all that clients could see. */
    int lost() {
        return lost.get();
    }

    /** How many sign-ins there were after the first ones. */
    int restored() {
        return restored.get();
    }

    List<Long> users() {
        return pairs.stream().flatMap(pair -> Stream.of(pair.from, pair.to)).toList();
    }

    void awaitAcked(long number) {
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            assertThat(failures).isEmpty();
            return acked.get() >= number;
        });
    }

    /** Sends no more, and waits until everything sent was answered. */
    void stopAndAwaitAnswers(Duration atMost) {
        stopping = true;
        await().atMost(atMost).until(() -> pairs.stream().allMatch(pair -> pair.outstanding.get() == 0));
        assertThat(failures).isEmpty();
    }

    /** Every acked message is stored once, under its acked msg_id; ids are dense; the sender's order is kept. */
    void checkDatabase(SqlEngine.Database database) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT RId, MsgID, Content FROM im_session_message WHERE SessionId = ? ORDER BY MsgID")) {
            for (Pair pair : pairs) {
                query.setString(1, pair.conversation.key());
                pair.check(query.executeQuery());
            }
        }
    }

    /** Every message was pushed to its receiver, in order and once, or is unread and comes with a pull. */
    void checkReceivers() throws Exception {
        for (Pair pair : pairs) {
            pair.checkReceiver();
        }
    }

    @Override
    public void close() {
        pairs.forEach(Pair::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Counts what becomes of connections. */
    private class Comings implements ClientListener {

        @Override
        public void connectionLost(ConnectionFailedException cause) {
            lost.incrementAndGet();
        }

        @Override
        public void connectionRestored() {
            restored.incrementAndGet();
        }
    }

    private final class Pair {

        private final long from = MessagingScenarios.newUser();
        private final long to = MessagingScenarios.newUser();
        private final Conversation conversation = new Conversation.Session(from, to);
        private final Map<Integer, SentMessage> ackedByNumber = new ConcurrentHashMap<>();
        private final Queue<Message> received = new ConcurrentLinkedQueue<>();
        private final AtomicInteger lastNumber = new AtomicInteger();
        private final AtomicInteger outstanding = new AtomicInteger();
        private final LinboxClient sender;
        private final LinboxClient receiver;

        Pair(List<InetSocketAddress> senderAt, List<InetSocketAddress> receiverAt, ProtocolVersion version) {
            sender = LinboxClient.create(settings(senderAt, from, version), new Comings(), loops);
            receiver = LinboxClient.create(
                    settings(receiverAt, to, version),
                    new Comings() {
                        @Override
                        public void message(Message message) {
                            received.add(message);
                        }
                    },
                    loops);
        }

        private ClientSettings settings(List<InetSocketAddress> gateways, long user, ProtocolVersion version) {
            InetSocketAddress first = gateways.get(0);
            ClientSettings.Builder settings = ClientSettings.of(first.getHostString(), first.getPort(), user)
                    .version(version)
                    .requestTimeout(Duration.ofSeconds(3));
            gateways.stream().skip(1).forEach(other -> settings.alsoAt(other.getHostString(), other.getPort()));
            return settings.build();
        }

        void sendNext() {
            int number = lastNumber.incrementAndGet();
            outstanding.incrementAndGet();
            sender.send(to, "text/plain", Integer.toString(number)).whenComplete((sent, failure) -> {
                if (failure != null) {
                    failures.add(failure);
                } else {
                    ackedByNumber.put(number, sent);
                    acked.incrementAndGet();
                }
                if (!stopping) {
                    sendNext();
                }
                outstanding.decrementAndGet();
            });
        }

        void check(ResultSet rows) throws SQLException {
            Map<Long, Long> msgIdByRequest = new HashMap<>();
            int rowNumber = 0;
            while (rows.next()) {
                rowNumber++;
                assertThat(rows.getLong("MsgID")).as(conversation.key()).isEqualTo(rowNumber);
                assertThat(rows.getString("Content"))
                        .as("the sender's order in %s", conversation.key())
                        .isEqualTo(Integer.toString(rowNumber));
                assertThat(msgIdByRequest.put(rows.getLong("RId"), rows.getLong("MsgID")))
                        .as("stored once")
                        .isNull();
            }
            assertThat(rowNumber)
                    .as("everything sent was acked, so all is stored")
                    .isEqualTo(lastNumber.get());
            assertThat(ackedByNumber).hasSize(rowNumber);
            ackedByNumber.forEach((number, sent) -> {
                assertThat(sent.msgId()).isEqualTo((long) number);
                assertThat(msgIdByRequest).containsEntry(sent.requestId(), sent.msgId());
            });
        }

        void checkReceiver() throws Exception {
            long expected = 0;
            for (Message message : received) {
                assertThat(message.msgId()).as("pushed in order, once").isEqualTo(++expected);
            }
            UnreadConversation unread = receiver.unread(conversation).get(30, TimeUnit.SECONDS);
            assertThat(unread.count()).as("nobody has read anything").isEqualTo(lastNumber.get());
            long last = expected;
            while (expected < lastNumber.get()) {
                List<Message> more = receiver.pull(
                                conversation, Math.min(expected + 100, lastNumber.get()), expected, 100)
                        .get(30, TimeUnit.SECONDS);
                assertThat(more).as("messages after %d", last).isNotEmpty();
                expected = more.get(0).msgId();
            }
        }

        void close() {
            sender.close();
            receiver.close();
        }
    }
}
