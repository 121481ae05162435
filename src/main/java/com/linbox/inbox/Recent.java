package com.linbox.inbox;

import java.util.Comparator;

/**
 * A conversation in the order of the list.
 *
 * @param time the newest message's send time, in milliseconds since the epoch; 0 where it is not known
 */
record Recent(long time, InboxEntry entry) {

    /** The newest first; of the same millisecond, as Redis has them backwards: the greater key first. */
    static final Comparator<Recent> ORDER = Comparator.comparingLong(Recent::time)
            .thenComparing(recent -> recent.entry().conversation().key())
            .reversed();
}
