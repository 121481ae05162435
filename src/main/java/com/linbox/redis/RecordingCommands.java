package com.linbox.redis;

import io.lettuce.core.AbstractRedisAsyncCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * Lettuce's command methods without a connection: what is called is kept for later. Sending a list of commands at once
 * takes the place of Lettuce's switchable flushing, under which commands of a cluster are lost from sight when a node's
 * connection is not there yet or a slot has moved.
 */
final class RecordingCommands extends AbstractRedisAsyncCommands<String, byte[]> {

    private List<BatchedCommand<?>> recorded = new ArrayList<>();

    @SuppressWarnings("NullAway") // The connection is only ever used by dispatch, which is overridden.
    RecordingCommands(RedisCodec<String, byte[]> codec) {
        super(null, codec);
    }

    @Override
    public <T> AsyncCommand<String, byte[], T> dispatch(RedisCommand<String, byte[], T> command) {
        BatchedCommand<T> batched = new BatchedCommand<>(command);
        recorded.add(batched);
        return batched;
    }

    List<BatchedCommand<?>> takeAll() {
        List<BatchedCommand<?>> taken = recorded;
        recorded = new ArrayList<>(taken.size());
        return taken;
    }
}
