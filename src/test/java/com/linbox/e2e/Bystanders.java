package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.client.ClientListener;
import com.linbox.client.ClientSettings;
import com.linbox.client.ConnectionFailedException;
import com.linbox.client.LinboxClient;
import com.linbox.client.SentMessage;
import com.linbox.message.Message;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Two users who talk, twenty messages a second, and are to notice nothing of what others do to the server. */
final class Bystanders implements AutoCloseable {

    private static final long PAUSE_MILLIS = 50;

    private final LinboxClient sender;
    private final LinboxClient receiver;
    private final long receiverId = MessagingScenarios.newUser();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<SentMessage>> sent = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Bystanders(InetSocketAddress gateway) throws Exception {
        sender = client(gateway, MessagingScenarios.newUser());
        receiver = client(gateway, receiverId);
        sender.connect().get(30, TimeUnit.SECONDS);
        receiver.connect().get(30, TimeUnit.SECONDS);
        clock.scheduleAtFixedRate(this::sendNext, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private LinboxClient client(InetSocketAddress gateway, long user) {
        return LinboxClient.create(
                ClientSettings.of(gateway.getHostString(), gateway.getPort(), user)
                        .requestTimeout(Duration.ofSeconds(20))
                        .build(),
                new ClientListener() {
                    @Override
                    public void message(Message message) {
                        received.add(message.content());
                    }

                    @Override
                    public void connectionLost(ConnectionFailedException cause) {
                        lost.add(cause.getMessage());
                    }

                    @Override
                    public void kicked(String reason) {
                        lost.add(reason);
                    }
                });
    }

    private void sendNext() {
        sent.add(sender.send(receiverId, "text/plain", Integer.toString(sent.size())));
    }

    /** Every message so far was stored and has arrived, once and in order, over the connections of the beginning. */
    void haveNoticedNothing() throws InterruptedException {
        clock.shutdown();
        assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        for (CompletableFuture<SentMessage> message : sent) {
            assertThat(message).succeedsWithin(Duration.ofSeconds(30));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> received.size() >= sent.size());
        assertThat(sent).isNotEmpty();
        assertThat(received)
                .containsExactlyElementsOf(IntStream.range(0, sent.size())
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(lost).isEmpty();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        sender.close();
        receiver.close();
    }
}
