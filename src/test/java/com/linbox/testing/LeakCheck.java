package com.linbox.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails the test class after which a leaked Netty buffer comes to light, be it its own or an earlier class's. */
public final class LeakCheck implements AfterAllCallback {

    @Override
    public void afterAll(ExtensionContext context) {
        String leak = findLeak();
        if (leak != null) {
            throw new AssertionError("A Netty buffer leaked: " + leak);
        }
    }

    /** Lets Netty notice what was collected without being released. */
    public static String findLeak() {
        System.gc();
        // Netty looks at its queue of collected buffers whenever it begins to track one.
        for (int i = 0; i < 32; i++) {
            ByteBuf probe = ByteBufAllocator.DEFAULT.buffer(16);
            probe.release();
        }
        return RecordingLeakDetector.takeReport();
    }
}
