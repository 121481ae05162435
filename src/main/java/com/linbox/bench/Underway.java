package com.linbox.bench;

import java.util.Arrays;

/**
 * When each message that waits for its answer was to be sent. Messages are numbered 0, 1, 2, … and answered in nearly
 * that order, so a ring serves: no map, no object per message. Grows as needed.
 */
final class Underway {

    static final long NONE = -1;

    private long[] ring = empty(64);
    private int size;

    /** @param time not negative */
    void put(long number, long time) {
        while (ring[slot(number)] != NONE) {
            grow(number);
        }
        ring[slot(number)] = time;
        size++;
    }

    /** The message's time, once; {@link #NONE} for one that is not under way. */
    long take(long number) {
        long time = ring[slot(number)];
        if (time != NONE) {
            ring[slot(number)] = NONE;
            size--;
        }
        return time;
    }

    int size() {
        return size;
    }

    /** What is under way are numbers below {@code next}, at most one ring's length back. */
    private void grow(long next) {
        long[] larger = empty(ring.length * 2);
        for (long number = Math.max(0, next - ring.length); number < next; number++) {
            larger[(int) (number & larger.length - 1)] = ring[slot(number)];
        }
        ring = larger;
    }

    private int slot(long number) {
        return (int) (number & ring.length - 1);
    }

    private static long[] empty(int length) {
        long[] ring = new long[length];
        Arrays.fill(ring, NONE);
        return ring;
    }
}
