package com.linbox.router;

import com.linbox.journal.Origin;
import com.linbox.protocol.ServerPacket;
import com.linbox.protocol.SyncSystemUnreadRequest;
import com.linbox.protocol.SyncSystemUnreadResponse;
import com.linbox.protocol.SystemMessage;
import com.linbox.redis.RedisBatch;
import com.linbox.systemmessage.SystemMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/** Lists how many system messages of each type are unread. */
final class SystemUnreadQuery implements Query {

    private final Origin origin;
    private final SyncSystemUnreadRequest request;
    private final CompletionStage<SortedMap<Integer, Long>> counts;

    SystemUnreadQuery(Origin origin, SyncSystemUnreadRequest request, SystemMessages systemMessages, RedisBatch redis) {
        this.origin = origin;
        this.request = request;
        this.counts = systemMessages.unread(redis, origin.userId());
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public ServerPacket finish() {
        List<SystemMessage> unreads = new ArrayList<>();
        counts.toCompletableFuture().join().forEach((type, count) -> unreads.add(SystemMessage.counter(type, count)));
        return new SyncSystemUnreadResponse(request.rId(), request.userId(), unreads, ServerPacket.OK, null);
    }
}
