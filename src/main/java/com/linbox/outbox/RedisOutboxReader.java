package com.linbox.outbox;

import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a gateway's stream on a thread of its own, over a connection of its own. */
final class RedisOutboxReader implements OutboxReader {

    private static final Logger log = LoggerFactory.getLogger(RedisOutboxReader.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** How long the stream's removal is waited for: where Redis is away, its lease ends it. */
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    private final RedisConnections redis;
    private final OutboxProperties properties;
    private final OutboxMeters meters;
    private @Nullable Reading reading;

    RedisOutboxReader(RedisConnections redis, OutboxProperties properties, OutboxMeters meters) {
        this.redis = redis;
        this.properties = properties;
        this.meters = meters;
    }

    @Override
    public synchronized void start(String gatewayId, Consumer<List<Delivery>> listener) {
        if (reading != null) {
            throw new IllegalStateException("gatewayId: " + gatewayId + " (expected: not started)");
        }
        reading = new Reading(gatewayId, listener);
        reading.start();
    }

    @Override
    public synchronized void stop() {
        if (reading != null) {
            reading.stop();
            reading = null;
        }
    }

    /** What goes on from a start to a stop. */
    private final class Reading implements Runnable {

        private final String gatewayId;
        private final Consumer<List<Delivery>> listener;
        private final RedisBatch batch = redis.newWaitingBatch();
        private final OutboxStream stream;
        private final MissedDeliveries missed = new MissedDeliveries();
        private final Backoff backoff = new Backoff();
        private final CountDownLatch firstAttempt = new CountDownLatch(1);
        private final Thread thread;
        private volatile boolean stopped;

        Reading(String gatewayId, Consumer<List<Delivery>> listener) {
            this.gatewayId = gatewayId;
            this.listener = listener;
            Duration wait = min(LONGEST_WAIT, redis.commandTimeout().dividedBy(2));
            this.stream = new OutboxStream(batch, gatewayId, properties.lease(), wait, properties.blockEntries());
            this.thread = new Thread(this, "linbox-outbox-" + gatewayId);
        }

        /** Returns when the stream is there, or it is clear that Redis is away. */
        void start() {
            thread.start();
            try {
                firstAttempt.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void stop() {
            stopped = true;
            thread.interrupt();
            try {
                thread.join(min(LONGEST_END, redis.commandTimeout()).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            boolean certain = false;
            while (!stopped) {
                try {
                    if (!certain) {
                        if (stream.ensure()) {
                            meters.recreated();
                            log.warn("Redis had lost the stream of deliveries; made it again");
                        }
                        certain = true;
                        firstAttempt.countDown();
                    }
                    List<byte[]> entries = stream.read();
                    backoff.succeeded();
                    certain = !entries.isEmpty();
                    deliver(entries);
                } catch (RuntimeException e) {
                    // Mostly Redis that is away; nothing may end this thread but a stop.
                    certain = false;
                    firstAttempt.countDown();
                    if (!stopped) {
                        meters.readFailure();
                        backoff.failed(e);
                    }
                }
            }
            end();
        }

        private void deliver(List<byte[]> entries) {
            List<Delivery> block = new ArrayList<>();
            for (byte[] bytes : entries) {
                try {
                    Entry entry = EntryDecoder.decode(bytes);
                    meters.missed(missed.before(entry));
                    meters.unreadable(entry.unknown());
                    block.addAll(entry.deliveries());
                } catch (IllegalArgumentException e) {
                    meters.unreadable(1);
                    log.warn("Passed over an entry of the outbox: {}", e.getMessage());
                }
            }
            meters.read(entries, block.size());
            if (!block.isEmpty()) {
                try {
                    listener.accept(block);
                } catch (RuntimeException e) {
                    meters.listenerFailure();
                    log.error("{} deliveries were not all carried out", block.size(), e);
                }
            }
        }

        /** The stream is removed over another connection: on this one the server may be waiting for an entry. */
        private void end() {
            batch.close();
            try {
                redis.send(commands -> commands.del(OutboxKey.of(gatewayId)))
                        .toCompletableFuture()
                        .join();
            } catch (CompletionException e) {
                log.warn("The stream of deliveries is left to its lease: {}", e.getMessage());
            }
        }
    }

    /** Waits longer from failure to failure, and logs the first one only. */
    private static final class Backoff {

        private static final long FIRST_MILLIS = 50;
        private static final long LONGEST_MILLIS = 1_000;

        private long millis = FIRST_MILLIS;
        private boolean failing;

        void succeeded() {
            if (failing) {
                log.info("Deliveries are read again");
            }
            failing = false;
            millis = FIRST_MILLIS;
        }

        /** Waits, or ends at once with the thread still interrupted. */
        void failed(RuntimeException cause) {
            if (!failing) {
                log.warn("Deliveries cannot be read, trying on: {}", cause.getMessage());
            }
            failing = true;
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            millis = Math.min(2 * millis, LONGEST_MILLIS);
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
