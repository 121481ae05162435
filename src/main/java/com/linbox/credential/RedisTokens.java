package com.linbox.credential;

import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisConnections;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tokens in Redis, of which it has only the hashes; keys as in the package's table. */
final class RedisTokens implements CredentialIssuer, CredentialCheck {

    /** So many tokens a user may have; of more, the one that expires first goes. */
    static final int MOST_TOKENS = 100;

    static final Duration SHORTEST_LIFETIME = Duration.ofMillis(1);
    static final Duration LONGEST_LIFETIME = Duration.ofDays(3650);

    /** No AuthRequest names a longer one. */
    private static final int MAX_DEVICE = 64;

    private static final int TOKEN_BYTES = 32;

    private final RedisConnections redis;
    private final CredentialMeters meters;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final IssueScript issue = new IssueScript();
    private final RevokeScript revoke = new RevokeScript();

    RedisTokens(RedisConnections redis, CredentialMeters meters, Clock clock) {
        this.redis = redis;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Credential> issue(long userId, @Nullable String device, Duration lifetime) {
        requireUser(userId);
        if (lifetime.compareTo(SHORTEST_LIFETIME) < 0 || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
            throw new IllegalArgumentException(
                    "lifetime: " + lifetime + " (expected: " + SHORTEST_LIFETIME + ".." + LONGEST_LIFETIME + ")");
        }
        if (device != null && device.length() > MAX_DEVICE) {
            throw new IllegalArgumentException(
                    "device: " + device.length() + " characters (expected: at most " + MAX_DEVICE + ")");
        }
        String bound = device == null || device.isEmpty() ? null : device;
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        StoredToken stored = new StoredToken(now.plus(lifetime).truncatedTo(ChronoUnit.MILLIS), bound);
        String token = newToken();
        return redis.send(commands -> issue.run(commands, userId, token, stored, now, MOST_TOKENS))
                .thenApply(tokens -> {
                    meters.issued();
                    return new Credential(userId, bound, token, stored.expiresAt());
                });
    }

    private String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public CompletionStage<Boolean> revoke(long userId, String token) {
        requireUser(userId);
        return redis.send(commands -> revoke.one(commands, userId, token, clock.instant()))
                .thenApply(revoked -> {
                    meters.revoked(revoked);
                    return revoked > 0;
                });
    }

    @Override
    public CompletionStage<Integer> revokeAll(long userId) {
        requireUser(userId);
        return redis.send(commands -> revoke.all(commands, userId, clock.instant()))
                .thenApply(revoked -> {
                    meters.revoked(revoked);
                    return revoked.intValue();
                });
    }

    private static void requireUser(long userId) {
        if (userId < 1) {
            throw new IllegalArgumentException("userId: " + userId + " (expected: >= 1)");
        }
    }

    @Override
    public CompletionStage<Verdict> check(long userId, String token, String device) {
        if (token.isEmpty()) {
            return CompletableFuture.completedStage(Verdict.NO_TOKEN);
        }
        byte[] field = StoredToken.field(token).getBytes(StandardCharsets.US_ASCII);
        return redis.send(commands -> commands.hgetall(StoredToken.key(userId))).thenApply(tokens -> {
            StoredToken found = find(tokens, field);
            return found == null ? Verdict.UNKNOWN_TOKEN : found.verdict(clock.instant(), device);
        });
    }

    /** Looks at all of them whatever it finds, so that the time it takes tells nothing of the hashes. */
    private static @Nullable StoredToken find(Map<String, byte[]> tokens, byte[] field) {
        StoredToken found = null;
        for (Map.Entry<String, byte[]> token : tokens.entrySet()) {
            if (MessageDigest.isEqual(token.getKey().getBytes(StandardCharsets.US_ASCII), field)) {
                found = StoredToken.of(LuaScript.text(token.getValue()));
            }
        }
        return found;
    }
}
