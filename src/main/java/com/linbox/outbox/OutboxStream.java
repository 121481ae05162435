package com.linbox.outbox;

import com.linbox.redis.RedisBatch;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One gateway's stream as its reader sees it: where it is, what has been read, when the lease is to be renewed. Every method
 * throws {@link com.linbox.redis.RedisUnavailableException} where Redis is away, and can be called again then. Not
 * thread-safe.
 */
final class OutboxStream {

    private static final String BEGINNING = "0-0";

    /** To delete is to write, which Redis syncs before it answers anybody. */
    private static final Duration BETWEEN_DELETIONS = Duration.ofMillis(50);

    private final RedisBatch batch;
    private final String key;
    private final Duration lease;
    private final XReadArgs readArgs;

    /** The last entry read; null while the stream has not been made. */
    private @Nullable String position;

    private long waiting;

    /**
     * The entries that have been read and are still on the stream. Each is deleted by its id: to trim the stream up to the last of
     * them could take others along that have smaller ids and have not been read, see {@link #ensure()}.
     */
    private final List<String> read = new ArrayList<>();

    private long deletedAt = System.nanoTime();
    private long renewedAt;

    /**
     * @param wait how long a read waits for an entry
     * @param count entries read at a time
     */
    OutboxStream(RedisBatch batch, String gatewayId, Duration lease, Duration wait, int count) {
        this.batch = batch;
        this.key = OutboxKey.of(gatewayId);
        this.lease = lease;
        this.readArgs = XReadArgs.Builder.block(wait).count(count);
    }

    /** The entries after those of the last call, oldest first; empty where there was none for the time of waiting. */
    List<byte[]> read() {
        String from = position;
        if (from == null) {
            throw new IllegalStateException("The stream has not been made");
        }
        long now = System.nanoTime();
        boolean deletes = !read.isEmpty() && now - deletedAt >= BETWEEN_DELETIONS.toNanos();
        if (deletes) {
            String[] ids = read.toArray(String[]::new);
            batch.add(commands -> commands.xdel(key, ids));
        }
        if (now - renewedAt > lease.toNanos() / 6) {
            renewLease();
        }
        CompletableFuture<Long> length = batch.add(commands -> commands.xlen(key));
        CompletableFuture<List<StreamMessage<String, byte[]>>> next =
                batch.add(commands -> commands.xread(readArgs, StreamOffset.from(key, from)));
        batch.execute();
        if (deletes) {
            read.clear();
            deletedAt = now;
        }
        long ahead = length.join() - read.size();
        List<byte[]> entries = taken(next.join());
        waiting = Math.max(0, ahead - entries.size());
        return entries;
    }

    /** How many entries the last {@link #read} has left on the stream. */
    long waiting() {
        return waiting;
    }

    private List<byte[]> taken(@Nullable List<StreamMessage<String, byte[]>> messages) {
        if (messages == null || messages.isEmpty()) {
            return List.of();
        }
        position = messages.get(messages.size() - 1).getId();
        List<byte[]> entries = new ArrayList<>(messages.size());
        for (StreamMessage<String, byte[]> message : messages) {
            read.add(message.getId());
            byte[] entry = message.getBody().get(OutboxKey.FIELD);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /**
     * Sees to it that there is a stream and that everything on it lies ahead. To be called first, after a failure, and
     * when nothing was read for a while: Redis may have lost the stream, or come back as a replica in which the entry
     * last read is not, and whose new entries have smaller ids by a slow clock.
     *
     * @return whether the stream had been there before and was lost
     */
    boolean ensure() {
        CompletableFuture<Long> exists = batch.add(commands -> commands.exists(key));
        CompletableFuture<Long> length = batch.add(commands -> commands.xlen(key));
        batch.execute();
        if (exists.join() == 0) {
            return make();
        }
        if (position == null || (read.isEmpty() && length.join() > 0)) {
            // What was read has been deleted, so all of this is new.
            position = BEGINNING;
        }
        return false;
    }

    private boolean make() {
        CompletableFuture<String> id =
                batch.add(commands -> commands.xadd(key, Map.of(OutboxKey.FIELD, EntryEncoder.empty())));
        renewLease();
        batch.execute();
        boolean lost = position != null;
        position = id.join();
        read.clear();
        read.add(id.join());
        return lost;
    }

    private void renewLease() {
        batch.add(commands -> commands.expire(key, lease.toSeconds()))
                .thenAccept(done -> renewedAt = System.nanoTime());
    }
}
