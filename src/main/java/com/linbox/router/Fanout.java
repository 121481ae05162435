package com.linbox.router;

import com.linbox.group.GroupState;
import com.linbox.journal.Origin;
import com.linbox.journal.Publications;
import com.linbox.journal.RequestLog;
import com.linbox.journal.Topic;
import com.linbox.message.Message;

/**
 * Hands stored group messages on to those who tell the members, in parts. Whoever stores a message publishes one record,
 * however many members there are; where one record is too few, whoever gets it publishes the parts. Not thread-safe.
 */
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
        publish(
                FanoutPart.of(state, message, chunks == 1 ? 0 : FanoutPart.WHOLE, chunks, FanoutPart.json(message)),
                origin);
    }

    /** Publishes the parts of a whole. */
    void cut(FanoutPart whole, Origin origin) {
        for (int chunk = 0; chunk < whole.chunks(); chunk++) {
            publish(whole.ofChunk(chunk), origin);
        }
    }

    private void publish(FanoutPart part, Origin origin) {
        publications.publish(Topic.FANOUT, part.key(), origin, part.toBytes());
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
