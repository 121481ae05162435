package com.linbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PresenceListsTests {

    private static final int CONNECTIONS = 20;
    private static final int USERS = 50;

    private final PresenceLists lists = new PresenceLists();
    private final Set<Long> left = new HashSet<>();

    /** A map of sets is believed without a test. */
    @Test
    void knowsWhoWantsToKnowOfWhomWhateverListsComeAndGo() {
        Map<Long, Set<Long>> model = new HashMap<>();
        Random random = new Random(7);
        for (int step = 0; step < 1_000; step++) {
            long connection = 1 + random.nextInt(CONNECTIONS);
            long[] users = random.nextInt(4) == 0
                    ? new long[0]
                    : random.longs(random.nextInt(USERS), 1, USERS + 1L)
                            .distinct()
                            .toArray();
            Set<Long> before = watched(model);
            left.clear();
            if (random.nextInt(4) == 0) {
                lists.forget(connection, left::add);
                model.remove(connection);
            } else {
                lists.replace(connection, users, new boolean[users.length], left::add);
                model.put(connection, new HashSet<>(LongStream.of(users).boxed().toList()));
            }

            before.removeAll(watched(model));
            assertThat(left).isEqualTo(before);
            assertThat(lists.users()).isEqualTo(watched(model).size());
            assertThat(LongStream.of(lists.all()).boxed()).containsExactlyInAnyOrderElementsOf(watched(model));
            for (long user = 1; user <= USERS; user++) {
                assertThat(connections(user)).isEqualTo(connections(model, user));
            }
        }
    }

    private static Set<Long> watched(Map<Long, Set<Long>> model) {
        Set<Long> watched = new HashSet<>();
        model.values().forEach(watched::addAll);
        return watched;
    }

    private Set<Long> connections(long user) {
        PresenceLists.Watched watched = lists.find(user);
        return watched == null
                ? Set.of()
                : new HashSet<>(LongStream.of(watched.connections()).boxed().toList());
    }

    private static Set<Long> connections(Map<Long, Set<Long>> model, long user) {
        Set<Long> connections = new HashSet<>();
        model.forEach((connection, users) -> {
            if (users.contains(user)) {
                connections.add(connection);
            }
        });
        return connections;
    }

    @Test
    void howAUserIsIsKeptWhoeverElseWantsToKnow() {
        lists.replace(1, new long[] {7}, new boolean[] {true}, left::add);
        lists.replace(2, new long[] {7}, new boolean[] {false}, left::add);

        assertThat(lists.find(7).online).isTrue();
    }
}
