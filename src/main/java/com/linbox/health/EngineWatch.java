package com.linbox.health;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one engine over and over on a thread of its own, which may hang without harm, and knows how it stands. Thread-safe. */
final class EngineWatch implements AutoCloseable {

    /** After so long without an answer the engine counts as away. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** From one answer to the next question. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(EngineWatch.class);

    private final EngineProbe probe;
    private final Duration patience;
    private final Duration pause;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Answer last = new Answer(true, null);

    /** When the question was asked that is not answered yet, by {@link System#nanoTime()}; null between questions. */
    private volatile @Nullable Long asking;

    EngineWatch(EngineProbe probe, Duration patience, Duration pause) {
        this.probe = probe;
        this.patience = patience;
        this.pause = pause;
        this.thread = new Thread(this::watch, "linbox-health-" + engine().tag());
        thread.setDaemon(true);
    }

    /** How an engine stands. {@code reason} is why it is away, null where it is there. */
    record Answer(boolean isThere, @Nullable String reason) {}

    Engine engine() {
        return probe.engine();
    }

    void start() {
        thread.start();
    }

    /** Does not wait for the engine. Before the first answer it is taken to be there: nothing has gone wrong yet. */
    Answer answer() {
        Answer known = last;
        Long since = asking;
        if (since != null && known.isThere()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - since);
            if (waited.compareTo(patience) > 0) {
                return new Answer(false, "no answer for " + waited.toSeconds() + " s");
            }
        }
        return known;
    }

    private void watch() {
        try {
            do {
                ask();
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            log.debug("{} is watched no longer", engine());
        }
    }

    private void ask() throws InterruptedException {
        asking = System.nanoTime();
        try {
            probe.ask(patience);
            last = new Answer(true, null);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // How often it is away, and for how long, the meter says; whoever needed it has logged it.
            log.debug("{} did not answer", engine(), e);
            last = new Answer(false, reason(e));
        } finally {
            asking = null;
        }
    }

    /** Of nested exceptions the innermost says what happened. */
    private static String reason(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof TimeoutException) {
            return "no answer in time";
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
