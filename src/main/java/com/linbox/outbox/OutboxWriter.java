package com.linbox.outbox;

import com.linbox.redis.RedisBatch;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Hands deliveries to gateways. */
public interface OutboxWriter {

    /**
     * Adds the deliveries for one gateway to the batch, in order, as one entry (or several, where one would be too
     * large). Nothing is written for a gateway that is gone.
     */
    void write(RedisBatch batch, String gatewayId, List<Delivery> deliveries);

    /** The same at once and without a batch, for the odd single delivery. Does not block. */
    CompletionStage<Void> write(String gatewayId, List<Delivery> deliveries);
}
