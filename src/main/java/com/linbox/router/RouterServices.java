package com.linbox.router;

import com.linbox.inbox.Inbox;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Presence;
import com.linbox.protocol.CommandReader;
import com.linbox.redis.RedisConnections;
import com.linbox.store.MessageStore;
import com.linbox.systemmessage.SystemMessages;
import java.time.Clock;

/** What the handlers of all threads share. */
record RouterServices(
        RouterSettings settings,
        MessageStore store,
        Inbox inbox,
        Presence presence,
        SystemMessages systemMessages,
        OutboxWriter outbox,
        RedisConnections redis,
        CommandReader commands,
        RouterMeters meters,
        Clock clock) {}
