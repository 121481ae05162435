package com.linbox.faults;

import com.linbox.message.Conversation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A product's back end that writes to users, one message after the other, each until it is stored. */
final class BackEndSender implements Runnable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 250;

    private final long user;
    private final List<Long> recipients;
    private final URI send;
    private final Workload workload;
    private final Random random;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    BackEndSender(long user, List<Long> recipients, InetSocketAddress rpc, Workload workload, long seed) {
        this.user = user;
        this.recipients = recipients;
        this.send = URI.create(
                "http://%s:%d/com.linbox.rpc.api.MessageService/send".formatted(rpc.getHostString(), rpc.getPort()));
        this.workload = workload;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        try {
            while (workload.isOpen()) {
                long recipient = recipients.get(random.nextInt(recipients.size()));
                String content = workload.content(user);
                workload.sent(user, new Conversation.Session(user, recipient), content);
                sendUntilStored(recipient, content);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendUntilStored(long recipient, String content) throws InterruptedException {
        long requestId = Math.max(1, random.nextLong() >>> 1);
        String request = """
                {"senderId":"%d","recipientId":"%d","requestId":"%d","content":"%s"}""".formatted(user, recipient, requestId, content);
        long deadline = System.nanoTime() + Workload.DEADLINE.toNanos();
        String answer = "";
        while (System.nanoTime() < deadline) {
            try {
                HttpResponse<String> response = http.send(
                        HttpRequest.newBuilder(send)
                                .timeout(PATIENCE)
                                .header("content-type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(request))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                answer = response.statusCode() + " " + response.body();
                if (response.statusCode() == 200) {
                    JsonNode stored = JsonMapper.shared().readTree(response.body());
                    workload.acked(content, requestId, stored.path("msgId").asLong());
                    return;
                }
                if (response.statusCode() < 500) {
                    break;
                }
            } catch (IOException e) {
                answer = e.toString();
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        workload.unanswered(content, answer);
    }
}
