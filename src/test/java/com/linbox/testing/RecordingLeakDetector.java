package com.linbox.testing;

import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Netty's leak detector, which remembers what it finds instead of logging it. Named to Netty by the system property
 * {@code io.netty.customResourceLeakDetector}.
 */
public final class RecordingLeakDetector<T> extends ResourceLeakDetector<T> {

    private static final Queue<String> REPORTED = new ConcurrentLinkedQueue<>();

    public RecordingLeakDetector(Class<T> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
    }

    /** The constructor that Netty looks for first; the limit means nothing any more. */
    public RecordingLeakDetector(Class<T> resourceType, int samplingInterval, long maxActive) {
        this(resourceType, samplingInterval);
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        REPORTED.add(resourceType + " was not released" + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        REPORTED.add(resourceType + " was not released");
    }

    /** One leak that was found and not taken yet, null where there is none. */
    static @Nullable String takeReport() {
        return REPORTED.poll();
    }
}
