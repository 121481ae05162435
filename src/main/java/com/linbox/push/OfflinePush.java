package com.linbox.push;

import com.linbox.inbox.Inbox;
import com.linbox.journal.BatchHandler;
import com.linbox.journal.RequestLog;
import com.linbox.redis.RedisConnections;
import com.linbox.store.GroupStore;
import java.time.Clock;
import java.util.function.Supplier;

/** Tells the team's push service of messages that have found their recipients offline. Thread-safe. */
public final class OfflinePush {

    private final Inbox inbox;
    private final GroupStore groups;
    private final RedisConnections redis;
    private final RequestLog log;
    private final Supplier<PushSettings> settings;
    private final PushMeters meters;
    private final Clock clock;

    OfflinePush(
            Inbox inbox,
            GroupStore groups,
            RedisConnections redis,
            RequestLog log,
            Supplier<PushSettings> settings,
            PushMeters meters,
            Clock clock) {
        this.inbox = inbox;
        this.groups = groups;
        this.redis = redis;
        this.log = log;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /** For one thread that finds users offline. */
    public OfflineNotes newNotes() {
        return new OfflineNotes(log, settings, meters);
    }

    /** For one thread that works on the topic {@code linbox.offline} and makes events of what was noted. */
    public BatchHandler newHandler() {
        return new PushHandler(inbox, groups, redis.newBatch(), log, settings, meters, clock);
    }
}
