package com.linbox.router;

import com.linbox.group.GroupRules;
import com.linbox.inbox.Inbox;
import com.linbox.journal.RequestLog;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Presence;
import com.linbox.presence.SessionCaches;
import com.linbox.protocol.CommandReader;
import com.linbox.protocol.MessageSettings;
import com.linbox.push.OfflinePush;
import com.linbox.redis.RedisConnections;
import com.linbox.store.GroupStore;
import com.linbox.store.MessageStore;
import com.linbox.systemmessage.SystemMessages;
import com.linbox.tracing.Tracing;
import java.time.Clock;
import java.util.function.Supplier;

/** What the handlers of all threads share. */
record RouterServices(
        RouterSettings settings,
        Supplier<MessageSettings> messageSettings,
        MessageStore store,
        GroupStore groups,
        GroupRules groupRules,
        Inbox inbox,
        Presence presence,
        SessionCaches sessionCaches,
        SystemMessages systemMessages,
        OutboxWriter outbox,
        RequestLog requestLog,
        OfflinePush push,
        RedisConnections redis,
        CommandReader commands,
        RouterMeters meters,
        Tracing tracing,
        Clock clock) {}
