package com.linbox.outbox;

import com.linbox.redis.RedisBatch;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Hands deliveries to gateways. Thread-safe, as far as the batches are not shared. */
public interface OutboxWriter {

    /**
     * Adds the deliveries for one gateway to the batch, in order, as one entry (or several, where one would be too
     * large). Nothing is written for a gateway that is gone. Pushes that follow each other and share the same array of
     * JSON travel as one: what goes to many connections costs eight bytes for each of them.
     */
    void write(RedisBatch batch, String gatewayId, List<? extends Delivery> deliveries);

    /**
     * The same at once and without a batch, for the odd single delivery. Does not block. Fails with
     * {@link com.linbox.redis.RedisUnavailableException}.
     */
    CompletionStage<Void> write(String gatewayId, List<? extends Delivery> deliveries);
}
