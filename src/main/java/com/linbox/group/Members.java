package com.linbox.group;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of a group in small space: 25 bytes for each. They stand in the order of a hash of their ids, so that a chunk of
 * them, all whose hash begins with the same bits, is a range; which chunk a user is in does not change when others come or go.
 * Immutable.
 */
public final class Members {

    private static final Members NONE = new Members(new long[0], new byte[0], new long[0], new long[0]);

    /** In the order of {@link #order}. */
    private final long[] ids;

    private final byte[] roles;
    private final long[] since;
    private final long[] mutedUntil;

    private Members(long[] ids, byte[] roles, long[] since, long[] mutedUntil) {
        this.ids = ids;
        this.roles = roles;
        this.since = since;
        this.mutedUntil = mutedUntil;
    }

    /** Nobody. */
    public static Members none() {
        return NONE;
    }

    /** These; of several with one id the last. */
    public static Members of(Collection<Member> members) {
        return NONE.with(members, List.of());
    }

    public int size() {
        return ids.length;
    }

    /** The member with this id, or null. */
    public @Nullable Member find(long userId) {
        int place = place(userId);
        return place < 0 ? null : at(place);
    }

    public boolean contains(long userId) {
        return place(userId) >= 0;
    }

    /** The owner, or null where there is none. */
    @Nullable
    Member owner() {
        for (int i = 0; i < roles.length; i++) {
            if (roles[i] == Role.OWNER.code()) {
                return at(i);
            }
        }
        return null;
    }

    /**
     * Some members in a fixed order.
     *
     * @param after the member (or former member) after whom to go on, null from the first on
     * @param limit how many at most, at least 1
     */
    public List<Member> page(@Nullable Long after, int limit) {
        int from = 0;
        if (after != null) {
            int place = place(after);
            from = place < 0 ? -place - 1 : place + 1;
        }
        List<Member> page = new ArrayList<>();
        for (int i = from; i < ids.length && page.size() < limit; i++) {
            page.add(at(i));
        }
        return page;
    }

    /** In how many chunks these are told of something, a power of two, so that each has about so many. */
    public int chunks(int chunkSize) {
        int chunks = 1;
        while ((long) chunks * chunkSize < ids.length && chunks < 1 << 20) {
            chunks *= 2;
        }
        return chunks;
    }

    /**
     * The ids of one chunk's members who had joined before a message.
     *
     * @param chunk 0 to {@code chunks} − 1
     * @param chunks how many there are, a power of two
     * @param msgId the message's
     */
    public long[] chunk(int chunk, int chunks, long msgId) {
        if (Integer.bitCount(chunks) != 1 || chunk < 0 || chunk >= chunks) {
            throw new IllegalArgumentException(
                    "chunk: " + chunk + " of " + chunks + " (expected: one of a power of two)");
        }
        int from = start(chunk, chunks);
        int to = chunk + 1 == chunks ? ids.length : start(chunk + 1, chunks);
        long[] found = new long[to - from];
        int size = 0;
        for (int i = from; i < to; i++) {
            if (since[i] < msgId) {
                found[size++] = ids[i];
            }
        }
        return size == found.length ? found : Arrays.copyOf(found, size);
    }

    private int start(int chunk, int chunks) {
        if (chunk == 0) {
            return 0;
        }
        long lowest = (long) chunk << (Long.SIZE - Integer.numberOfTrailingZeros(chunks));
        return firstNotBelow(lowest);
    }

    Members after(GroupUpdate update, long msgId) {
        List<Member> put = new ArrayList<>(update.changed());
        update.joined().forEach(member -> put.add(member.since(msgId - 1)));
        return with(put, update.removed());
    }

    /** The same with some others, or other than they were, and without some. */
    public Members with(Collection<Member> put, Collection<Long> removed) {
        if (put.isEmpty() && removed.isEmpty()) {
            return this;
        }
        Map<Long, @Nullable Member> changes = new HashMap<>();
        removed.forEach(id -> changes.put(id, null));
        put.forEach(member -> changes.put(member.userId(), member));
        List<Member> arriving = new ArrayList<>();
        changes.forEach((id, member) -> {
            if (member != null) {
                arriving.add(member);
            }
        });
        arriving.sort((one, other) -> compare(one.userId(), other.userId()));
        Builder builder = new Builder(ids.length + arriving.size());
        int next = 0;
        for (int i = 0; i < ids.length; i++) {
            while (next < arriving.size() && compare(arriving.get(next).userId(), ids[i]) < 0) {
                builder.add(arriving.get(next++));
            }
            if (!changes.containsKey(ids[i])) {
                builder.add(this, i);
            }
        }
        while (next < arriving.size()) {
            builder.add(arriving.get(next++));
        }
        return builder.build();
    }

    /** Each in turn, in a fixed order. */
    public void forEach(Consumer<Member> action) {
        for (int i = 0; i < ids.length; i++) {
            action.accept(at(i));
        }
    }

    private Member at(int place) {
        return new Member(ids[place], Role.ofCode(roles[place]), since[place], mutedUntil[place]);
    }

    /** The place, or −1 − the place where it would be. */
    private int place(long userId) {
        int place = firstNotBelow(order(userId));
        return place < ids.length && ids[place] == userId ? place : -place - 1;
    }

    private int firstNotBelow(long order) {
        int low = 0;
        int high = ids.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(order(ids[middle]), order) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int compare(long one, long other) {
        return Long.compareUnsigned(order(one), order(other));
    }

    /** MurmurHash3's finalizer (Austin Appleby, public domain): mixes all bits, and no two ids share one. */
    static long order(long id) {
        long hash = id;
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        hash *= 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash;
    }

    @Override
    public String toString() {
        return "Members[" + ids.length + "]";
    }

    /** Takes members one by one, in any order, each once; in their own order it is quickest. Not thread-safe. */
    public static final class Builder {

        private static final int LEAST = 16;

        private long[] ids;
        private byte[] roles;
        private long[] since;
        private long[] mutedUntil;
        private int size;
        private boolean ordered = true;

        public Builder() {
            this(LEAST);
        }

        Builder(int expected) {
            ids = new long[expected];
            roles = new byte[expected];
            since = new long[expected];
            mutedUntil = new long[expected];
        }

        /** Takes one, as {@link Member} has it. */
        public void add(long userId, Role role, long sinceMsgId, long until) {
            add(userId, (byte) role.code(), sinceMsgId, until);
        }

        void add(Member member) {
            add(member.userId(), member.role(), member.sinceMsgId(), member.mutedUntil());
        }

        void add(Members other, int place) {
            add(other.ids[place], other.roles[place], other.since[place], other.mutedUntil[place]);
        }

        private void add(long userId, byte role, long sinceMsgId, long until) {
            if (size == ids.length) {
                resize(Math.max(LEAST, size + (size >> 1)));
            }
            ordered &= size == 0 || compare(ids[size - 1], userId) < 0;
            ids[size] = userId;
            roles[size] = role;
            since[size] = sinceMsgId;
            mutedUntil[size] = until;
            size++;
        }

        private void resize(int length) {
            ids = Arrays.copyOf(ids, length);
            roles = Arrays.copyOf(roles, length);
            since = Arrays.copyOf(since, length);
            mutedUntil = Arrays.copyOf(mutedUntil, length);
        }

        public Members build() {
            if (size < ids.length) {
                resize(size);
            }
            return ordered ? new Members(ids, roles, since, mutedUntil) : inOrder();
        }

        /** No two ids share an order, so that each member's place is that of its order among the sorted ones. */
        private Members inOrder() {
            long[] orders = new long[size];
            for (int i = 0; i < size; i++) {
                orders[i] = sortable(ids[i]);
            }
            Arrays.sort(orders);
            Members sorted = new Members(new long[size], new byte[size], new long[size], new long[size]);
            for (int i = 0; i < size; i++) {
                int place = Arrays.binarySearch(orders, sortable(ids[i]));
                sorted.ids[place] = ids[i];
                sorted.roles[place] = roles[i];
                sorted.since[place] = since[i];
                sorted.mutedUntil[place] = mutedUntil[i];
            }
            return sorted;
        }

        /** {@link #order}, which is unsigned, for what sorts signed numbers. */
        private static long sortable(long id) {
            return order(id) ^ Long.MIN_VALUE;
        }
    }
}
