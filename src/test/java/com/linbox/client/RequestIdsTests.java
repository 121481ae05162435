package com.linbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestIdsTests {

    @Test
    void idsRiseAndFitSixtyThreeBitsHoweverFastTheyAreMade() {
        RequestIds ids = new RequestIds();
        long before = 0;
        for (int i = 0; i < 100_000; i++) {
            long id = ids.next();
            assertThat(id).isGreaterThan(before);
            before = id;
        }
    }

    @Test
    void devicesAndRunsOfOneUserDoNotMeet() {
        Set<Long> seen = new HashSet<>();
        for (int run = 0; run < 100; run++) {
            RequestIds ids = new RequestIds();
            for (int i = 0; i < 1_000; i++) {
                assertThat(seen.add(ids.next())).isTrue();
            }
        }
    }
}
