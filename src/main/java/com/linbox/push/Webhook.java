package com.linbox.push;

import com.linbox.journal.DeadLetters;
import com.linbox.journal.RequestLogConsumers;
import com.linbox.journal.Topic;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Posts events to the webhook from the start of the application to its end, where there is one; on a thread of its own. */
final class Webhook implements SmartLifecycle {

    /** Not the topic's name, which the team's own push service may have chosen. */
    private static final String CONSUMER_GROUP = "linbox.push.webhook";

    private final PushSettings.Webhook settings;
    private final RequestLogConsumers consumers;
    private final DeadLetters deadLetters;
    private final PushMeters meters;
    private final Clock clock;
    private @Nullable WebhookClient client;
    private RequestLogConsumers.@Nullable Running running;

    Webhook(
            PushSettings.Webhook settings,
            RequestLogConsumers consumers,
            DeadLetters deadLetters,
            PushMeters meters,
            Clock clock) {
        this.settings = settings;
        this.consumers = consumers;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        if (settings.url() == null) {
            return;
        }
        WebhookClient posting = new WebhookClient(settings, meters, clock);
        client = posting;
        running = consumers.startPatient(
                Topic.PUSH, CONSUMER_GROUP, new WebhookHandler(posting, deadLetters, settings, meters, clock));
    }

    /** Does not wait for an answer of the webhook, or for the end of a back-off. */
    @Override
    public synchronized void stop() {
        if (client != null) {
            client.stop();
            client = null;
        }
        if (running != null) {
            running.stop();
            running = null;
        }
    }

    /** With the router. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 2;
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}
