package com.linbox.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LeakCheckTests {

    @Test
    void aBufferThatIsNeverReleasedIsFound() {
        leak();
        AtomicReference<String> found = new AtomicReference<>();
        await().until(() -> {
            found.set(LeakCheck.findLeak());
            return found.get() != null;
        });
        assertThat(found.get()).contains("was not released").contains("LeakCheckTests");
    }

    private static void leak() {
        PooledByteBufAllocator.DEFAULT.directBuffer(64).writeLong(1);
    }
}
