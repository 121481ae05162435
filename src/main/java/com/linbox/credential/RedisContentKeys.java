package com.linbox.credential;

import com.linbox.redis.RedisConnections;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Dynamic content keys in Redis; keys as in the package's table. */
final class RedisContentKeys implements ContentKeys {

    private final RedisConnections redis;
    private final int bits;
    private final Duration lifetime;
    private final CredentialMeters meters;
    private final SecureRandom random = new SecureRandom();
    private final ObtainKeyScript obtain = new ObtainKeyScript();

    RedisContentKeys(RedisConnections redis, CredentialSettings settings, CredentialMeters meters) {
        this.redis = redis;
        this.bits = settings.contentKeyBits();
        this.lifetime = settings.contentKeyLifetime();
        this.meters = meters;
    }

    @Override
    public boolean areDynamic() {
        return true;
    }

    @Override
    public CompletionStage<ContentKey> obtain(long userId) {
        if (userId < 1) {
            throw new IllegalArgumentException("userId: " + userId + " (expected: >= 1)");
        }
        String offered = newKey();
        return redis.send(commands -> obtain.run(commands, userId, offered, lifetime))
                .thenApply(stored -> {
                    ContentKey key = StoredContentKey.read(stored);
                    if (key.base64().equals(offered)) {
                        meters.keyMade();
                    }
                    return key;
                });
    }

    private String newKey() {
        byte[] bytes = new byte[bits / Byte.SIZE];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public CompletionStage<@Nullable ContentKey> current(long userId) {
        return redis.send(commands -> commands.get(StoredContentKey.key(userId)))
                .thenApply(stored -> stored == null ? null : StoredContentKey.read(stored));
    }
}
