package com.linbox.router;

import com.linbox.journal.Origin;
import com.linbox.protocol.ServerPacket;

/**
 * A request on its way through a wave. Its constructor asks Redis what it needs to know; the batch is executed after each
 * of the steps.
 */
interface Query {

    Origin origin();

    /** What Redis knows is there: says what it needs from the database. */
    default void askStore(StoreReads reads) {}

    /** What the database knows is there: tells Redis what has changed, and makes up the response. */
    ServerPacket finish();

    /** Tells other sessions what they are to learn of it, after the response. */
    default void tellOthers(Answers answers) {}
}
