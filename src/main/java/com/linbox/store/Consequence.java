package com.linbox.store;

import java.sql.Connection;
import java.sql.SQLException;

/** What an event's row brings about in other rows, in the same transaction. */
interface Consequence {

    /** Of a message that is one and nothing else. */
    Consequence NONE = (connection, msgId) -> true;

    /**
     * Carries it out, after the event's row has been inserted. That row is the fence: until the transaction ends, nothing else
     * is stored in the event's conversation, and whatever has been is committed.
     *
     * @param msgId the event's
     * @return whether it can be; if not, the event is not stored either
     */
    boolean carryOut(Connection connection, long msgId) throws SQLException;
}
