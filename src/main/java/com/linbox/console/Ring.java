package com.linbox.console;

import java.util.Arrays;

/** The newest values of something, as many as it was made for: an array that never grows. NaN is for what was not known. */
final class Ring {

    private final float[] values;
    private int next;

    Ring(int capacity) {
        values = new float[capacity];
        Arrays.fill(values, Float.NaN);
    }

    void add(double value) {
        values[next] = (float) value;
        next = (next + 1) % values.length;
    }

    /** @param back 0 for the newest, up to one less than the capacity */
    float get(int back) {
        return values[Math.floorMod(next - 1 - back, values.length)];
    }

    /** Of the newest ones, as far as they are known. */
    double sum(int ofNewest) {
        double sum = 0;
        for (int back = 0; back < Math.min(ofNewest, values.length); back++) {
            float value = get(back);
            sum += Float.isNaN(value) ? 0 : value;
        }
        return sum;
    }

    int bytes() {
        return values.length * Float.BYTES;
    }
}
