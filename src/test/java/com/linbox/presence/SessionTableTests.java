package com.linbox.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTableTests {

    private static final int FOR_EVER = Integer.MAX_VALUE;

    @ParameterizedTest
    @ValueSource(ints = {30, 2_000, 100_000})
    void knowsWhatAMapWouldKnow(int users) {
        SessionTable table = new SessionTable(users);
        Map<Long, List<Session>> model = new HashMap<>();
        Random random = new Random(users);

        for (int step = 0; step < 200_000; step++) {
            long user = 1 + random.nextInt(users);
            if (random.nextInt(3) == 0) {
                table.remove(user);
                model.remove(user);
            } else {
                List<Session> sessions = random.nextBoolean() ? List.of() : sessionsOf(user);
                table.put(user, sessions, FOR_EVER);
                model.put(user, sessions);
            }
            if (step % 50_000 == 0) {
                table.clear();
                model.clear();
            }
        }

        assertThat(table.size()).isEqualTo(model.size());
        for (long user = 1; user <= users; user++) {
            assertThat(table.get(user, 0)).isEqualTo(model.get(user));
        }
    }

    @Test
    void holdsNoMoreUsersThanItMayAndAlwaysTheNewest() {
        SessionTable table = new SessionTable(1_000);

        for (long user = 1; user <= 10_000; user++) {
            table.put(user, sessionsOf(user), FOR_EVER);
            assertThat(table.get(user, 0)).isEqualTo(sessionsOf(user));
        }

        assertThat(table.size()).isEqualTo(1_000);
        int known = 0;
        for (long user = 1; user <= 10_000; user++) {
            List<Session> sessions = table.get(user, 0);
            if (sessions != null) {
                assertThat(sessions).isEqualTo(sessionsOf(user));
                known++;
            }
        }
        assertThat(known).isEqualTo(1_000);
    }

    /** All that was allocated on the way is an upper bound of what is held at the end. */
    @Test
    void aHundredThousandUsersWhoAreOfflineTakeUpAFewMegabytes() {
        long before = Allocated.bytes();
        SessionTable table = new SessionTable(100_000);
        for (long user = 1; user <= 100_000; user++) {
            table.put(1_000_000 + user, List.of(), FOR_EVER);
        }

        assertThat(Allocated.bytes() - before).isLessThan(10_000_000);
        assertThat(table.size()).isEqualTo(100_000);
    }

    @Test
    void knowsSessionsForAsLongAsTheyAreValid() {
        SessionTable table = new SessionTable(10);
        table.put(7, List.of(), 100);

        assertThat(table.get(7, 99)).isEmpty();
        assertThat(table.get(7, 100)).isNull();

        table.put(7, sessionsOf(7), 200);
        assertThat(table.get(7, 100)).isEqualTo(sessionsOf(7));
    }

    @Test
    void somebodyWhoWasNeverPutInIsNotKnown() {
        SessionTable table = new SessionTable(10);

        table.remove(7);

        assertThat(table.get(7, 0)).isNull();
        assertThat(table.size()).isZero();
    }

    /** Ids that differ in few bits, as those are that hold a time or the number of a shard. */
    @ParameterizedTest
    @ValueSource(ints = {0, 12, 22, 32, 45})
    void idsThatDifferInFewBitsAreSpreadAllTheSame(int shift) {
        int[] usersOf = new int[1 << 10];
        for (long i = 1; i <= 10 * usersOf.length; i++) {
            usersOf[SessionTable.scatter(i << shift | 1) & usersOf.length - 1]++;
        }

        assertThat(Arrays.stream(usersOf).max().getAsInt()).isLessThan(30);
    }

    private static List<Session> sessionsOf(long user) {
        return List.of(new Session(user, "g1", user, "web", 1_000, 2));
    }
}
