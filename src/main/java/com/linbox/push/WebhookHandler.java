package com.linbox.push;

import com.linbox.journal.DeadLetters;
import com.linbox.journal.JournalRecord;
import com.linbox.journal.PatientHandler;
import com.linbox.journal.Waiting;
import com.linbox.push.PushMeters.Fate;
import com.linbox.push.WebhookAnswer.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts events, as many at a time as may be. While the webhook is away all wait, and it is tried again ever more rarely. Where a
 * post is refused, or fails again, it is cut into halves until it is known which events are the reason: those that are refused
 * by themselves are put aside, and those that fail by themselves while others are accepted become suspects, which are tried
 * apart from the others and put aside after {@link #MOST_FAILURES} failures, between which others were accepted. Whatever gets
 * too old meanwhile is put aside too.
 */
final class WebhookHandler implements PatientHandler {

    static final int MOST_FAILURES = 5;

    /** Posts of one search: enough to find two among a hundred. */
    private static final int MOST_POSTS = 32;

    /** Posts of a search that begins with nothing but failures; enough to get from a hundred to a single one and its neighbour. */
    private static final int MOST_FAILED_POSTS = 10;

    /** Kafka would take the thread for dead after five minutes. */
    private static final Duration LONGEST_SEARCH = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(WebhookHandler.class);

    private final WebhookClient client;
    private final DeadLetters deadLetters;
    private final PushSettings.Webhook settings;
    private final PushMeters meters;
    private final Clock clock;
    private final Backoff backoff;
    private final Map<JournalRecord, Long> sendTimes = new HashMap<>();
    private final Map<JournalRecord, Suspect> suspects = new HashMap<>();
    private long acceptedPosts;

    /** Send time of the oldest event that waits, 0 where none does. */
    private volatile long oldest;

    WebhookHandler(
            WebhookClient client,
            DeadLetters deadLetters,
            PushSettings.Webhook settings,
            PushMeters meters,
            Clock clock) {
        this.client = client;
        this.deadLetters = deadLetters;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        this.backoff = newBackoff();
        meters.bindLag(this::lag);
    }

    private Backoff newBackoff() {
        return new Backoff(settings.firstBackoff(), settings.longestBackoff(), () -> ThreadLocalRandom.current()
                .nextDouble());
    }

    private long lag() {
        long sendTime = oldest;
        return sendTime == 0 ? 0 : Math.max(0, clock.millis() - sendTime);
    }

    @Override
    public void handle(Waiting waiting) {
        try {
            learn(waiting);
            expire(waiting);
            if (backoff.isOver(clock.millis())) {
                postNext(waiting);
            }
            trySuspects(waiting);
        } catch (WebhookStoppedException e) {
            log.debug("Stopped while {} events wait", waiting.size());
        } finally {
            forgetSettled(waiting);
        }
    }

    /** Reads what is new; what is no event is put aside. */
    private void learn(Waiting waiting) {
        for (JournalRecord record : waiting.records()) {
            if (!sendTimes.containsKey(record)) {
                try {
                    PushEvent event = PushJson.read(record.value(), PushEvent.class);
                    sendTimes.put(record, event.sendTime());
                } catch (IllegalArgumentException e) {
                    putAside(waiting, List.of(record), Fate.REFUSED, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private void expire(Waiting waiting) {
        long tooOld = clock.millis() - settings.giveUpAfter().toMillis();
        List<JournalRecord> expired = waiting.records().stream()
                .filter(record -> sendTime(record) < tooOld)
                .toList();
        if (!expired.isEmpty()) {
            putAside(waiting, expired, Fate.EXPIRED, "not delivered within " + settings.giveUpAfter());
        }
    }

    private long sendTime(JournalRecord record) {
        return sendTimes.getOrDefault(record, Long.MAX_VALUE);
    }

    private void postNext(Waiting waiting) {
        List<JournalRecord> events = waiting.records().stream()
                .filter(record -> !suspects.containsKey(record))
                .limit(settings.batch())
                .toList();
        if (events.isEmpty()) {
            return;
        }
        WebhookAnswer answer = post(events);
        switch (answer.verdict()) {
            case ACCEPTED -> {
                accepted(waiting, events);
                available();
            }
            case REFUSED -> search(waiting, events, answer);
            case FAILED -> {
                if (backoff.failures() == 0) {
                    unavailable(answer);
                } else {
                    search(waiting, events, answer);
                }
            }
            case UNAVAILABLE -> unavailable(answer);
        }
    }

    /** Finds those among events that are the reason why they were not accepted together. */
    private void search(Waiting waiting, List<JournalRecord> events, WebhookAnswer answer) {
        Search search = new Search(waiting, events, answer);
        search.run();
        if (search.worked) {
            available();
        } else {
            unavailable(search.last);
        }
        if (search.accepted) {
            search.failedAlone.forEach(record -> suspects.put(record, new Suspect()));
        }
    }

    private void trySuspects(Waiting waiting) {
        for (JournalRecord record : List.copyOf(suspects.keySet())) {
            Suspect suspect = suspects.get(record);
            if (suspect == null || !suspect.backoff.isOver(clock.millis())) {
                continue;
            }
            WebhookAnswer answer = post(List.of(record));
            switch (answer.verdict()) {
                case ACCEPTED -> accepted(waiting, List.of(record));
                case REFUSED -> putAside(waiting, List.of(record), Fate.REFUSED, answer.why());
                case FAILED -> {
                    suspect.failed();
                    if (suspect.failures >= MOST_FAILURES) {
                        String why = answer.why() + ", while others are accepted";
                        putAside(waiting, List.of(record), Fate.REFUSED, why);
                    }
                }
                case UNAVAILABLE -> suspect.backoff.failed(clock.millis());
            }
        }
    }

    private WebhookAnswer post(List<JournalRecord> events) {
        return client.post(events.stream().map(JournalRecord::value).toList());
    }

    private void accepted(Waiting waiting, List<JournalRecord> events) {
        acceptedPosts++;
        waiting.settle(events);
        meters.ended(Fate.DELIVERED, events.size());
    }

    private void putAside(Waiting waiting, List<JournalRecord> events, Fate fate, String why) {
        deadLetters.bury(events, new UndeliverableException(why));
        waiting.settle(events);
        meters.ended(fate, events.size());
    }

    private void available() {
        if (backoff.failures() > 0) {
            log.info("The webhook takes events again");
        }
        backoff.succeeded();
    }

    private void unavailable(WebhookAnswer answer) {
        if (backoff.failures() == 0) {
            log.warn("The webhook takes no events, they wait for it: {}", answer.why());
        }
        backoff.failed(clock.millis());
    }

    private void forgetSettled(Waiting waiting) {
        Set<JournalRecord> records = new HashSet<>(waiting.records());
        sendTimes.keySet().retainAll(records);
        suspects.keySet().retainAll(records);
        oldest = sendTimes.values().stream().mapToLong(time -> time).min().orElse(0);
    }

    @Override
    public void close() {
        oldest = 0;
    }

    /** An event that has failed by itself while others were accepted. */
    private final class Suspect {

        private final Backoff backoff = newBackoff();
        private long acceptedBefore = acceptedPosts;
        private int failures = 1;

        Suspect() {
            backoff.failed(clock.millis());
        }

        /** Counts only where another was accepted since the last time: otherwise the webhook may be the reason. */
        void failed() {
            backoff.failed(clock.millis());
            if (acceptedPosts > acceptedBefore) {
                acceptedBefore = acceptedPosts;
                failures++;
            }
        }
    }

    /** Cuts events into ever smaller parts, the first ones first. */
    private final class Search {

        private final Waiting waiting;
        private final Deque<List<JournalRecord>> parts = new ArrayDeque<>();
        private final List<JournalRecord> failedAlone = new ArrayList<>();
        private final long began = System.nanoTime();
        private WebhookAnswer last;
        private int posts;
        private boolean accepted;

        /** Whether the webhook has shown that it works: it accepted something, or refused something by itself. */
        private boolean worked;

        Search(Waiting waiting, List<JournalRecord> events, WebhookAnswer answer) {
            this.waiting = waiting;
            this.last = answer;
            learn(events, answer);
        }

        void run() {
            while (!parts.isEmpty() && goesOn()) {
                List<JournalRecord> part = parts.pop();
                posts++;
                learn(part, post(part));
            }
        }

        private boolean goesOn() {
            return posts < (worked ? MOST_POSTS : MOST_FAILED_POSTS)
                    && System.nanoTime() - began < LONGEST_SEARCH.toNanos();
        }

        private void learn(List<JournalRecord> part, WebhookAnswer answer) {
            last = answer;
            if (answer.verdict() == Verdict.ACCEPTED) {
                accepted(waiting, part);
                accepted = true;
                worked = true;
            } else if (answer.verdict() == Verdict.UNAVAILABLE) {
                parts.clear();
            } else if (part.size() > 1) {
                parts.push(part.subList(part.size() / 2, part.size()));
                parts.push(part.subList(0, part.size() / 2));
            } else if (answer.verdict() == Verdict.REFUSED) {
                putAside(waiting, part, Fate.REFUSED, answer.why());
                worked = true;
            } else {
                failedAlone.addAll(part);
            }
        }
    }
}
