package com.linbox.store;

import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.Message;
import com.linbox.message.SendOutcome;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Messages in the tables of {@link MessageTable}; how they get there is {@link Appender}'s matter. */
final class JdbcMessageStore implements MessageStore {

    private final Connections connections;
    private final Appender appender;
    private final StoreMeters meters;

    JdbcMessageStore(DataSource dataSource, StoreMeters meters) {
        this.connections = new Connections(dataSource, meters);
        this.appender = new Appender(connections, meters);
        this.meters = meters;
    }

    @Override
    public List<SendOutcome> append(List<Draft> drafts, Numbering numbering, long sendTime) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        Timer.Sample time = meters.appending(drafts.size());
        try {
            return appender.append(drafts, numbering, sendTime);
        } finally {
            meters.appended(time);
        }
    }

    @Override
    public SendOutcome append(Draft event, Revision revision, Numbering numbering, long sendTime) {
        SendOutcome refusal = Batch.refusalOf(revision.mimeType(), revision.content());
        if (refusal != null) {
            return refusal;
        }
        Consequence revising =
                (connection, msgId) -> new MessageStatements(connection).revise(event.conversation(), revision);
        Timer.Sample time = meters.begin();
        SendOutcome outcome;
        try {
            outcome = appender.append(event, revising, numbering, sendTime);
        } finally {
            meters.revised(time);
        }
        if (outcome == null) {
            throw new IllegalArgumentException("msg_id: " + revision.msgId() + " (expected: of a message of "
                    + event.conversation().key() + ")");
        }
        return outcome;
    }

    @Override
    public List<Message> stored(Collection<Draft> drafts) {
        return connections.use(connection -> new MessageStatements(connection).byRequest(drafts));
    }

    @Override
    public List<Message> pull(Conversation conversation, long afterMsgId, long upToMsgId, int limit) {
        return connections.use(
                connection -> new MessageStatements(connection).pull(conversation, afterMsgId, upToMsgId, limit));
    }

    @Override
    public Map<Conversation, Message> newest(Collection<? extends Conversation> conversations) {
        return connections.use(connection -> new MessageStatements(connection).newest(new HashSet<>(conversations)));
    }

    @Override
    public Map<Conversation, Long> newestMsgIds(Collection<? extends Conversation> conversations) {
        return connections.use(
                connection -> new MessageStatements(connection).newestMsgIds(new HashSet<>(conversations)));
    }
}
