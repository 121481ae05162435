package com.linbox.router;

import com.linbox.group.GroupState;
import com.linbox.journal.Origin;
import com.linbox.journal.Publications;
import com.linbox.journal.RequestLog;
import com.linbox.journal.Topic;
import com.linbox.message.Message;

/** Hands stored group messages on to those who tell the members, in parts, so that a huge group delays nobody. Not thread-safe. */
final class Fanout {

    private final Publications publications;
    private final int chunkSize;

    /** @param chunkSize how many members a part is for, about */
    Fanout(RequestLog log, int chunkSize) {
        this.publications = new Publications(log);
        this.chunkSize = chunkSize;
    }

    /** @param state the group as it was when the message was stored */
    void publish(Message message, Origin origin, GroupState state) {
        int chunks = state.members().chunks(chunkSize);
        byte[] json = FanoutPart.json(message);
        for (int chunk = 0; chunk < chunks; chunk++) {
            FanoutPart part = FanoutPart.of(state, message, chunk, chunks, json);
            publications.publish(Topic.FANOUT, part.key(), origin, part.toBytes());
        }
    }

    /**
     * Returns when everything published is safe.
     *
     * @throws com.linbox.journal.JournalUnavailableException where something may not be
     */
    void await() {
        publications.await();
    }
}
