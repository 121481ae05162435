package com.linbox.presence;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a test has allocated. */
final class Allocated {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocated() {}

    /** By this thread, since it began. */
    static long bytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
