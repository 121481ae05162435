package com.linbox.journal;

import org.jspecify.annotations.Nullable;

/** How one consumer thread stands; written by the thread, read by whoever wants to know. */
final class Loop {

    private volatile boolean joined;
    private volatile int partitions;
    private volatile @Nullable String heldUpBy;

    boolean hasJoined() {
        return joined;
    }

    int partitions() {
        return partitions;
    }

    /** What keeps its batch waiting, such as an engine that is away; null where nothing does. */
    @Nullable
    String heldUpBy() {
        return heldUpBy;
    }

    /** Those that it has got in addition; none is an answer too: there are enough others. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // there is one writer
    void assigned(int more) {
        joined = true;
        partitions += more;
        heldUpBy = null;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void revoked(int fewer) {
        partitions -= fewer;
        heldUpBy = null;
    }

    void heldUp(@Nullable Exception cause) {
        Throwable root = cause;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        heldUpBy = root == null ? "unknown" : root.toString();
    }

    void goesOn() {
        if (heldUpBy != null) {
            heldUpBy = null;
        }
    }
}
