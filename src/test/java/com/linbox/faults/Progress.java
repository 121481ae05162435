package com.linbox.faults;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** What is under way: sends without an answer, and messages that somebody who is there does not have yet. */
final class Progress {

    private static final int DIGITS = 3;

    private static final class Underway {
        final long sentAt;
        final Set<Long> waiting;
        long ackedAt = Long.MAX_VALUE;

        Underway(long sentAt, Set<Long> waiting) {
            this.sentAt = sentAt;
            this.waiting = waiting;
        }
    }

    private final Map<String, Underway> byContent = new HashMap<>();
    private final Histogram stored = new Histogram(DIGITS);
    private final Histogram delivered = new Histogram(DIGITS);
    private Histogram interval = new Histogram(DIGITS);
    private long acks;

    synchronized void sent(long now, String content, Set<Long> recipients) {
        byContent.put(content, new Underway(now, new HashSet<>(recipients)));
    }

    synchronized void acked(long now, String content) {
        Underway message = byContent.get(content);
        if (message == null) {
            return;
        }
        acks++;
        message.ackedAt = now;
        stored.recordValue(now - message.sentAt);
        interval.recordValue(now - message.sentAt);
        removeIfDone(content, message);
    }

    synchronized void received(long now, String content, long user) {
        Underway message = byContent.get(content);
        if (message != null && message.waiting.remove(user) && message.waiting.isEmpty()) {
            delivered.recordValue(now - message.sentAt);
            removeIfDone(content, message);
        }
    }

    synchronized void givenUp(String content) {
        byContent.remove(content);
    }

    private void removeIfDone(String content, Underway message) {
        if (message.ackedAt != Long.MAX_VALUE && message.waiting.isEmpty()) {
            byContent.remove(content);
        }
    }

    synchronized long acks() {
        return acks;
    }

    /**
     * How long sends took whose answers came since this was last asked, in milliseconds; those without an answer count with the
     * time they have waited so far.
     */
    synchronized Histogram takeInterval(long now) {
        Histogram taken = interval;
        interval = new Histogram(DIGITS);
        byContent.values().stream()
                .filter(message -> message.ackedAt == Long.MAX_VALUE)
                .forEach(message -> taken.recordValue(Math.max(0, now - message.sentAt)));
        return taken;
    }

    /** Whether nothing that was sent longer ago than this, in milliseconds, waits: neither its sender nor a recipient. */
    synchronized boolean isPrompt(long now, long within) {
        return byContent.values().stream().noneMatch(message -> now - message.sentAt > within);
    }

    synchronized boolean allAnswered() {
        return byContent.values().stream().noneMatch(message -> message.ackedAt == Long.MAX_VALUE);
    }

    synchronized boolean allDelivered() {
        return byContent.isEmpty();
    }

    /** From the send to its answer, in milliseconds. */
    synchronized Histogram stored() {
        return stored.copy();
    }

    /** From the send until the last recipient has it, in milliseconds. */
    synchronized Histogram delivered() {
        return delivered.copy();
    }

    @Override
    public synchronized String toString() {
        return "%d without an answer, %d not delivered to all"
                .formatted(
                        byContent.values().stream()
                                .filter(message -> message.ackedAt == Long.MAX_VALUE)
                                .count(),
                        byContent.values().stream()
                                .filter(message -> !message.waiting.isEmpty())
                                .count());
    }
}
