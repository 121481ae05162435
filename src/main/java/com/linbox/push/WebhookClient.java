package com.linbox.push;

import com.linbox.push.WebhookAnswer.Verdict;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Posts events to the webhook. For one thread, but {@link #stop} is for any. */
final class WebhookClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final byte[] BEFORE = "{\"events\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = "]}".getBytes(StandardCharsets.US_ASCII);

    private final HttpClient http;
    private final URI url;
    private final Duration timeout;
    private final WebhookSignature signature;
    private final PushMeters meters;
    private final Clock clock;
    private volatile @Nullable CompletableFuture<?> underway;
    private volatile boolean stopping;

    /** @param settings with a URL */
    WebhookClient(PushSettings.Webhook settings, PushMeters meters, Clock clock) {
        this.url = URI.create(Objects.requireNonNull(settings.url()));
        this.timeout = settings.timeout();
        this.signature = new WebhookSignature(Objects.requireNonNull(settings.secret()));
        this.meters = meters;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                // Version 2 over http would begin with an upgrade, which not every receiver takes well.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout.compareTo(CONNECT_TIMEOUT) < 0 ? timeout : CONNECT_TIMEOUT)
                .build();
    }

    /**
     * Posts events, each the JSON of one, and waits for the answer.
     *
     * @throws WebhookStoppedException after {@link #stop}, without having waited
     */
    WebhookAnswer post(List<byte[]> events) {
        byte[] body = body(events);
        long timestamp = clock.millis();
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("User-Agent", "linbox")
                .header(WebhookSignature.TIMESTAMP_HEADER, Long.toString(timestamp))
                .header(WebhookSignature.HEADER, signature.of(timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        long began = System.nanoTime();
        WebhookAnswer answer = await(http.sendAsync(request, head -> new DiscardedBody()));
        meters.posted(answer.verdict(), Duration.ofNanos(System.nanoTime() - began));
        return answer;
    }

    private static byte[] body(List<byte[]> events) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(BEFORE);
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            body.writeBytes(events.get(i));
        }
        body.writeBytes(AFTER);
        return body.toByteArray();
    }

    /** The client's own timeout ends with the head; this one counts the body too. */
    private WebhookAnswer await(CompletableFuture<? extends HttpResponse<?>> post) {
        underway = post;
        try {
            if (stopping) {
                throw new WebhookStoppedException();
            }
            return WebhookAnswer.ofStatus(
                    post.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode());
        } catch (TimeoutException e) {
            return new WebhookAnswer(Verdict.FAILED, "no answer within " + timeout);
        } catch (ExecutionException e) {
            if (stopping) {
                throw new WebhookStoppedException();
            }
            return failed(e.getCause() == null ? e : e.getCause());
        } catch (java.util.concurrent.CancellationException e) {
            throw new WebhookStoppedException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WebhookStoppedException();
        } finally {
            underway = null;
            post.cancel(true);
        }
    }

    private static WebhookAnswer failed(Throwable cause) {
        boolean connected = !(cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLException);
        return new WebhookAnswer(connected ? Verdict.FAILED : Verdict.UNAVAILABLE, cause.toString());
    }

    /** Ends the post that is under way, if there is one; no other follows. */
    void stop() {
        stopping = true;
        CompletableFuture<?> post = underway;
        if (post != null) {
            post.cancel(true);
        }
    }
}
