package com.linbox.systemmessage;

/** The keys of one user's system messages, see the package's table. */
record SystemMessageKeys(String messages, String unread, String positions) {

    static SystemMessageKeys of(long userId) {
        // The braces make the user id the hash tag: all three keys live in one slot of a cluster.
        String prefix = "linbox:system:{" + userId + "}:";
        return new SystemMessageKeys(prefix + "messages", prefix + "unread", prefix + "positions");
    }

    /** A device's field among the positions. Like presence, it takes the letters A to Z for a to z, and no others. */
    static String field(String device) {
        StringBuilder field = new StringBuilder(device.length());
        for (int i = 0; i < device.length(); i++) {
            char c = device.charAt(i);
            field.append(c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c);
        }
        return field.toString();
    }
}
