package com.linbox.presence;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of users, by user: a hash table with open addressing in plain arrays, linear probing and no gravestones (Knuth,
 * The Art of Computer Programming 3, 6.4, algorithm R). Grows with the users in it, up to a limit; then one goes for each that
 * comes. Not thread-safe.
 */
final class SessionTable {

    /** Of no user. */
    private static final long FREE = 0;

    private static final int SMALLEST = 64;

    private final int most;

    /** Whoever chooses ids cannot know where they go. */
    private final long salt = ThreadLocalRandom.current().nextLong();

    private long[] users;
    private @Nullable List<Session>[] sessions;
    private int[] until;
    private int size;
    private int hand;

    /** @param most how many users it holds, at least 1 */
    SessionTable(int most) {
        this.most = most;
        this.users = new long[SMALLEST];
        this.sessions = lists(SMALLEST);
        this.until = new int[SMALLEST];
    }

    @SuppressWarnings("unchecked")
    private static @Nullable List<Session>[] lists(int length) {
        return (List<Session>[]) new List<?>[length];
    }

    int size() {
        return size;
    }

    /**
     * The user's sessions, or null where they are not known.
     *
     * @param now the time in a unit of the caller's
     */
    @Nullable
    List<Session> get(long userId, int now) {
        int slot = slotOf(userId);
        return users[slot] == userId && until[slot] > now ? sessions[slot] : null;
    }

    /** @param validUntil up to when {@link #get} gives them */
    void put(long userId, List<Session> all, int validUntil) {
        int slot = slotOf(userId);
        if (users[slot] == FREE) {
            makeRoom();
            slot = slotOf(userId);
            users[slot] = userId;
            size++;
        }
        sessions[slot] = all;
        until[slot] = validUntil;
    }

    /** Three quarters full at most, or probing would be long. */
    private void makeRoom() {
        if (size == most) {
            while (users[hand] == FREE) {
                hand = hand + 1 & users.length - 1;
            }
            free(hand);
            hand = hand + 1 & users.length - 1;
        } else if (size + 1 > users.length / 4 * 3) {
            grow();
        }
    }

    private void grow() {
        long[] oldUsers = users;
        @Nullable List<Session>[] oldSessions = sessions;
        int[] oldUntil = until;
        users = new long[2 * oldUsers.length];
        sessions = lists(users.length);
        until = new int[users.length];
        for (int i = 0; i < oldUsers.length; i++) {
            if (oldUsers[i] != FREE) {
                int slot = slotOf(oldUsers[i]);
                users[slot] = oldUsers[i];
                sessions[slot] = oldSessions[i];
                until[slot] = oldUntil[i];
            }
        }
    }

    void remove(long userId) {
        int slot = slotOf(userId);
        if (users[slot] == userId) {
            free(slot);
        }
    }

    /** Moves users back who would not be found any longer, each into the place that is free. */
    private void free(int slot) {
        int gap = slot;
        for (int i = gap + 1 & users.length - 1; users[i] != FREE; i = i + 1 & users.length - 1) {
            int wayFromHome = i - homeOf(users[i]) & users.length - 1;
            int wayFromGap = i - gap & users.length - 1;
            if (wayFromHome >= wayFromGap) {
                users[gap] = users[i];
                sessions[gap] = sessions[i];
                until[gap] = until[i];
                gap = i;
            }
        }
        users[gap] = FREE;
        sessions[gap] = null;
        size--;
    }

    void clear() {
        Arrays.fill(users, FREE);
        Arrays.fill(sessions, null);
        size = 0;
    }

    /** Where the user is, or would be. */
    private int slotOf(long userId) {
        int slot = homeOf(userId);
        while (users[slot] != userId && users[slot] != FREE) {
            slot = slot + 1 & users.length - 1;
        }
        return slot;
    }

    private int homeOf(long userId) {
        return scatter(userId ^ salt) & users.length - 1;
    }

    /** The same for the same user, and as good as random from user to user. */
    static int scatter(long userId) {
        // Multiplying spreads bits upwards, shifting downwards; as in SplittableRandom of the JDK, by David Stafford.
        long mixed = (userId ^ userId >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return (int) (mixed ^ mixed >>> 31);
    }
}
