package com.linbox.credential;

import com.linbox.redis.LuaScript;
import java.time.Instant;

/** How a user's content key is written down in Redis: when it expires, in ms since the epoch, a space, the key's Base64. */
final class StoredContentKey {

    private StoredContentKey() {}

    static String key(long userId) {
        return "linbox:content-key:{" + userId + "}";
    }

    static ContentKey read(byte[] stored) {
        String text = LuaScript.text(stored);
        int space = text.indexOf(' ');
        return new ContentKey(
                text.substring(space + 1), Instant.ofEpochMilli(Long.parseLong(text.substring(0, space))));
    }
}
