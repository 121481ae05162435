package com.linbox.push;

import com.linbox.group.Membership;
import com.linbox.inbox.Inbox;
import com.linbox.inbox.UnreadTotal;
import com.linbox.journal.BatchHandler;
import com.linbox.journal.JournalRecord;
import com.linbox.journal.Origin;
import com.linbox.journal.Publications;
import com.linbox.journal.RequestLog;
import com.linbox.journal.Topic;
import com.linbox.message.Conversation;
import com.linbox.push.PushMeters.Suppressed;
import com.linbox.redis.RedisBatch;
import com.linbox.store.GroupStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events of what was noted: asks which conversations each recipient has muted and how much is unread, once for a
 * batch however many messages it tells of, and publishes what is left. Nothing is committed before all events are safe, so that
 * a crash gives an event twice rather than never.
 */
final class PushHandler implements BatchHandler {

    /** Recipients asked for together, so that a batch of large groups takes up no more memory than one of small ones. */
    private static final int AT_ONCE = 500;

    private final Inbox inbox;
    private final GroupStore groups;
    private final RedisBatch redis;
    private final Publications publications;
    private final Supplier<PushSettings> settings;
    private final PushMeters meters;
    private final Clock clock;

    PushHandler(
            Inbox inbox,
            GroupStore groups,
            RedisBatch redis,
            RequestLog log,
            Supplier<PushSettings> settings,
            PushMeters meters,
            Clock clock) {
        this.inbox = inbox;
        this.groups = groups;
        this.redis = redis;
        this.publications = new Publications(log);
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void handle(List<JournalRecord> batch) {
        Map<Long, List<Noted>> byRecipient = new LinkedHashMap<>();
        for (JournalRecord record : batch) {
            OfflineNote note = PushJson.read(record.value(), OfflineNote.class);
            Noted noted = new Noted(note, record.origin());
            note.recipients().forEach(recipient -> byRecipient
                    .computeIfAbsent(recipient, id -> new ArrayList<>())
                    .add(noted));
        }
        List<Long> recipients = new ArrayList<>(byRecipient.keySet());
        for (int from = 0; from < recipients.size(); from += AT_ONCE) {
            tell(recipients.subList(from, Math.min(recipients.size(), from + AT_ONCE)), byRecipient);
        }
    }

    private void tell(List<Long> recipients, Map<Long, List<Noted>> byRecipient) {
        boolean badge = settings.get().badge();
        Map<Long, List<Membership>> memberships = badge ? groups.groupsOf(recipients) : Map.of();
        Map<Long, CompletionStage<UnreadTotal>> totals = new LinkedHashMap<>();
        long now = clock.millis();
        for (long recipient : recipients) {
            totals.put(recipient, inbox.unread(redis, recipient, memberships.getOrDefault(recipient, List.of()), now));
        }
        redis.execute();
        Events events = new Events();
        totals.forEach((recipient, asked) -> {
            UnreadTotal total = asked.toCompletableFuture().join();
            for (Noted noted : byRecipient.getOrDefault(recipient, List.of())) {
                if (total.muted().contains(noted.conversation())) {
                    meters.suppressed(Suppressed.MUTED, 1);
                } else {
                    events.publish(noted, recipient, badge ? total.count() : null);
                }
            }
        });
        events.await();
    }

    @Override
    public void close() {
        redis.close();
    }

    private record Noted(OfflineNote note, Origin origin, Conversation conversation) {

        Noted(OfflineNote note, Origin origin) {
            this(note, origin, Conversation.ofKey(note.conversation()));
        }
    }

    /** Waits now and then, so that not more is under way than finds room. */
    private final class Events {

        private int underway;

        void publish(Noted noted, long recipient, @Nullable Long badge) {
            if (underway == AT_ONCE) {
                await();
            }
            byte[] event = PushJson.write(noted.note().event(recipient, badge));
            publications.publish(Topic.PUSH, Long.toString(recipient), noted.origin(), event);
            underway++;
        }

        void await() {
            publications.await();
            meters.published(underway);
            underway = 0;
        }
    }
}
