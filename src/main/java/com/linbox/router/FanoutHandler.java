package com.linbox.router;

import com.linbox.group.GroupState;
import com.linbox.journal.BatchHandler;
import com.linbox.journal.JournalRecord;
import com.linbox.journal.Origin;
import com.linbox.outbox.Delivery;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Session;
import com.linbox.presence.SessionCache;
import com.linbox.protocol.PacketType;
import com.linbox.push.OfflineNotes;
import com.linbox.redis.RedisBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Tells groups' members of messages, a part of the members at a time: finds those who are online and puts one delivery for
 * each of their gateways into its outbox. Members who are offline are noted.
 */
final class FanoutHandler implements BatchHandler {

    /** Parts looked at together; what is asked of Redis for one is a command for each member at worst. */
    private static final int AT_ONCE = 32;

    private final GroupCache groups;
    private final SessionCache sessions;
    private final OutboxWriter outbox;
    private final RedisBatch redis;
    private final RouterMeters meters;
    private final OfflineNotes notes;
    private final Fanout fanout;

    FanoutHandler(RouterServices services) {
        this.groups = new GroupCache(services.groups(), services.settings().cachedMembers());
        this.sessions = services.sessionCaches().newCache();
        this.outbox = services.outbox();
        this.redis = services.redis().newBatch();
        this.meters = services.meters();
        this.notes = services.push().newNotes();
        this.fanout = new Fanout(services.requestLog(), services.settings().fanoutChunk());
    }

    @Override
    public void handle(List<JournalRecord> batch) {
        sessions.refresh(redis);
        List<Addressed> parts = new ArrayList<>(batch.size());
        for (JournalRecord record : batch) {
            FanoutPart part = FanoutPart.ofBytes(record.value());
            if (part.isWhole()) {
                fanout.cut(part, record.origin());
            } else {
                parts.add(new Addressed(part, record.origin()));
            }
        }
        for (int from = 0; from < parts.size(); from += AT_ONCE) {
            tell(parts.subList(from, Math.min(parts.size(), from + AT_ONCE)));
        }
        fanout.await();
        notes.await();
    }

    private void tell(List<Addressed> records) {
        List<Part> parts = new ArrayList<>(records.size());
        for (Addressed record : records) {
            FanoutPart part = record.part();
            GroupState group = groups.atLeast(part.groupId(), part.version());
            if (group != null) {
                Part asked = new Part(part, record.origin(), group.members().size());
                parts.add(asked);
                sessions.sessions(redis, group.members().chunk(part.chunk(), part.chunks(), part.msgId()), asked);
            }
        }
        redis.execute();
        Map<String, List<Delivery>> byGateway = new LinkedHashMap<>();
        parts.forEach(part -> part.deliver(byGateway));
        byGateway.forEach((gatewayId, deliveries) -> outbox.write(redis, gatewayId, deliveries));
        redis.execute();
        parts.forEach(part -> {
            meters.fannedOut(part.online);
            part.noteOffline(notes);
        });
    }

    @Override
    public void close() {
        redis.close();
    }

    /** A part, and the request that its message was sent by. */
    private record Addressed(FanoutPart part, Origin origin) {}

    /** Gathers the connections that one part is for, and the members who have none. */
    private static final class Part implements SessionCache.Found {

        private final FanoutPart part;
        private final Origin origin;
        private final Map<String, LongStream.Builder> connections = new LinkedHashMap<>();
        private final int members;
        private final LongStream.Builder offline = LongStream.builder();
        private int online;

        /** @param members of the whole group */
        Part(FanoutPart part, Origin origin, int members) {
            this.part = part;
            this.origin = origin;
            this.members = members;
        }

        @Override
        public void sessions(long userId, List<Session> found) {
            if (found.isEmpty() && userId != origin.userId()) {
                offline.add(userId);
            }
            for (Session session : found) {
                if (!origin.isOf(session.gatewayId(), session.connectionId())) {
                    connections
                            .computeIfAbsent(session.gatewayId(), id -> LongStream.builder())
                            .add(session.connectionId());
                    online++;
                }
            }
        }

        void noteOffline(OfflineNotes notes) {
            notes.offline(
                    part::message, origin, part.key(), members, offline.build().toArray());
        }

        void deliver(Map<String, List<Delivery>> byGateway) {
            connections.forEach((gatewayId, ids) -> byGateway
                    .computeIfAbsent(gatewayId, id -> new ArrayList<>())
                    .add(new Delivery.Multicast(
                                    ids.build().toArray(), PacketType.NEW_MESSAGE, part.json(), origin.arrivedAt())
                            .of(origin.trace())));
        }
    }
}
