package com.linbox.console;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Has {@link Samples} taken, from when everything else runs until it begins to stop. */
final class Sampler implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Sampler.class);

    private final Samples samples;
    private final Clock clock;
    private @Nullable ScheduledExecutorService thread;

    Sampler(Samples samples, Clock clock) {
        this.samples = samples;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService one = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "linbox-console-samples");
            made.setDaemon(true);
            return made;
        });
        one.scheduleAtFixedRate(this::take, 0, Samples.PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        thread = one;
    }

    private void take() {
        try {
            samples.take(clock.millis());
        } catch (RuntimeException e) {
            // The thread would take no other.
            log.warn("A sample of the meters could not be taken", e);
        }
    }

    @Override
    public synchronized void stop() {
        ScheduledExecutorService one = thread;
        if (one != null) {
            one.shutdownNow();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
