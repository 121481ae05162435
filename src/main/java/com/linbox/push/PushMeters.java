package com.linbox.push;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The module's meters. */
final class PushMeters {

    /** Why an offline user is not told of a message. */
    enum Suppressed {
        /** {@code linbox.push.enabled} is false. */
        OFF,
        /** The group has more members than {@code linbox.push.largest-group}. */
        LARGE_GROUP,
        /** The user has muted the conversation. */
        MUTED
    }

    /** What became of an event at the webhook. */
    enum Fate {
        /** Accepted. */
        DELIVERED,
        /** Put aside: refused, or failed while others were accepted. */
        REFUSED,
        /** Put aside: too old. */
        EXPIRED
    }

    private final Counter published;
    private volatile LongSupplier lag = () -> 0;
    private final Map<Suppressed, Counter> suppressed = new EnumMap<>(Suppressed.class);
    private final Map<WebhookAnswer.Verdict, Timer> posts = new EnumMap<>(WebhookAnswer.Verdict.class);
    private final Map<Fate, Counter> fates = new EnumMap<>(Fate.class);

    PushMeters(MeterRegistry registry) {
        TimeGauge.builder("linbox.push.webhook.lag", () -> lag.getAsLong(), TimeUnit.MILLISECONDS)
                .description("Age of the oldest event that waits for the webhook")
                .register(registry);
        published = Counter.builder("linbox.push.published")
                .description("Events of messages that found their recipients offline")
                .register(registry);
        for (Suppressed cause : Suppressed.values()) {
            suppressed.put(
                    cause,
                    Counter.builder("linbox.push.suppressed")
                            .description("Offline recipients for whom there was no event")
                            .tag("cause", tag(cause))
                            .register(registry));
        }
        for (WebhookAnswer.Verdict verdict : WebhookAnswer.Verdict.values()) {
            posts.put(
                    verdict,
                    Timer.builder("linbox.push.webhook.posts")
                            .description("Posts to the webhook")
                            .tag("outcome", tag(verdict))
                            .register(registry));
        }
        for (Fate fate : Fate.values()) {
            fates.put(
                    fate,
                    Counter.builder("linbox.push.webhook.events")
                            .description("Events that the webhook is done with")
                            .tag("outcome", tag(fate))
                            .register(registry));
        }
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    void bindLag(LongSupplier millis) {
        lag = millis;
    }

    void published(int events) {
        published.increment(events);
    }

    @SuppressWarnings("NullAway") // every cause has its meter from the constructor on
    void suppressed(Suppressed cause, int recipients) {
        suppressed.get(cause).increment(recipients);
    }

    @SuppressWarnings("NullAway")
    void posted(WebhookAnswer.Verdict verdict, Duration duration) {
        posts.get(verdict).record(duration);
    }

    @SuppressWarnings("NullAway")
    void ended(Fate fate, int events) {
        fates.get(fate).increment(events);
    }
}
