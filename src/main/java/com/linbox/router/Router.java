package com.linbox.router;

import com.linbox.journal.BatchHandler;
import com.linbox.journal.DeadLetters;
import com.linbox.journal.RequestLogConsumers;
import com.linbox.journal.Topic;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Works on requests from the start of the application to its end. */
final class Router implements SmartLifecycle {

    private final RouterServices services;
    private final RequestLogConsumers consumers;
    private final DeadLetters deadLetters;
    private final List<RequestLogConsumers.Running> running = new ArrayList<>();
    private @Nullable ExecutorService pulls;
    private volatile boolean stopping;

    Router(RouterServices services, RequestLogConsumers consumers, DeadLetters deadLetters) {
        this.services = services;
        this.consumers = consumers;
        this.deadLetters = deadLetters;
    }

    @Override
    public synchronized void start() {
        RouterSettings settings = services.settings();
        ExecutorService pool =
                Executors.newFixedThreadPool(settings.pullThreads(), new DefaultThreadFactory("linbox-pull", true));
        pulls = pool;
        stopping = false;
        running.add(consumers.start(Topic.SEND, settings.sendThreads(), () -> guarded(new SendHandler(services))));
        running.add(
                consumers.start(Topic.FANOUT, settings.fanoutThreads(), () -> unanswered(new FanoutHandler(services))));
        running.add(consumers.start(
                Topic.OFFLINE,
                settings.pushThreads(),
                () -> unanswered(services.push().newHandler())));
        running.add(
                consumers.start(Topic.QUERY, settings.queryThreads(), () -> guarded(new QueryHandler(services, pool))));
    }

    private PoisonGuard guarded(BatchHandler handler) {
        return new PoisonGuard(handler, deadLetters, services, true, () -> stopping);
    }

    /** Guards what works on the consequences of requests that are answered already. */
    private PoisonGuard unanswered(BatchHandler handler) {
        return new PoisonGuard(handler, deadLetters, services, false, () -> stopping);
    }

    @Override
    public synchronized void stop() {
        stopping = true;
        running.forEach(RequestLogConsumers.Running::beginToStop);
        running.forEach(RequestLogConsumers.Running::awaitEnd);
        running.clear();
        if (pulls != null) {
            pulls.shutdown();
            pulls = null;
        }
    }

    /** After the gateway and the rpc role of the same process, which wait for its answers when they stop. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 2;
    }

    @Override
    public boolean isRunning() {
        return !running.isEmpty();
    }
}
