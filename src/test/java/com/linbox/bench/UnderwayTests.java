package com.linbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnderwayTests {

    private final Underway underway = new Underway();

    @Test
    void eachMessageIsTakenOnce() {
        underway.put(0, 100);
        underway.put(1, 0);

        assertThat(underway.size()).isEqualTo(2);
        assertThat(underway.take(0)).isEqualTo(100);
        assertThat(underway.take(0)).isEqualTo(Underway.NONE);
        assertThat(underway.take(1)).isZero();
        assertThat(underway.take(2)).isEqualTo(Underway.NONE);
        assertThat(underway.size()).isZero();
    }

    @Test
    void oneThatIsNeverAnsweredStaysThoughThousandsPassIt() {
        underway.put(0, 7);
        for (long number = 1; number < 5_000; number++) {
            underway.put(number, number);
            assertThat(underway.take(number)).isEqualTo(number);
        }
        assertThat(underway.take(0)).isEqualTo(7);
    }

    @Test
    void answersInAnyOrderFindTheirTimes() {
        Map<Long, Long> model = new HashMap<>();
        Random random = new Random(1);
        for (long number = 0; number < 2_000; number++) {
            underway.put(number, number * 3);
            model.put(number, number * 3);
            if (random.nextInt(3) > 0) {
                long asked = model.keySet().stream()
                        .skip(random.nextInt(Math.min(20, model.size())))
                        .findFirst()
                        .get();
                assertThat(underway.take(asked)).isEqualTo(model.remove(asked));
            }
            assertThat(underway.size()).isEqualTo(model.size());
        }
    }
}
