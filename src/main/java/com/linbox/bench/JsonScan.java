package com.linbox.bench;

import java.nio.charset.StandardCharsets;

/**
 * Finds a number in JSON that a server wrote strictly (no space between tokens), without reading the rest. Ten thousand
 * packets a second are to cost the machine that is being measured as little as possible.
 */
final class JsonScan {

    static final long ABSENT = Long.MIN_VALUE;

    private JsonScan() {}

    static byte[] field(String name) {
        return ("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
    }

    /** The digits right after the first {@code key}, or {@link #ABSENT}. */
    static long numberAfter(byte[] json, byte[] key) {
        int at = indexAfter(json, key, 0);
        return at < 0 ? ABSENT : numberAt(json, at);
    }

    /** Where the first {@code key} from {@code start} on ends, or −1. */
    static int indexAfter(byte[] json, byte[] key, int start) {
        byte first = key[0];
        for (int i = start; i <= json.length - key.length; i++) {
            if (json[i] == first && matches(json, i, key)) {
                return i + key.length;
            }
        }
        return -1;
    }

    static long numberAt(byte[] json, int at) {
        long value = 0;
        int i = at;
        while (i < json.length && json[i] >= '0' && json[i] <= '9') {
            value = value * 10 + (json[i++] - '0');
        }
        return i == at ? ABSENT : value;
    }

    private static boolean matches(byte[] json, int at, byte[] key) {
        for (int i = 1; i < key.length; i++) {
            if (json[at + i] != key[i]) {
                return false;
            }
        }
        return true;
    }
}
