package com.linbox.outbox;

import java.util.List;

/**
 * What one entry of a stream holds.
 *
 * @param writer whose counting {@code number} belongs to
 * @param number how many deliveries this writer has put on the stream before this entry
 * @param deliveries what can be carried out
 * @param unknown deliveries of packet types and kinds that this version does not know
 */
record Entry(long writer, long number, List<Delivery> deliveries, int unknown) {

    /** All deliveries that its writer counted. */
    int size() {
        return deliveries.size() + unknown;
    }
}
