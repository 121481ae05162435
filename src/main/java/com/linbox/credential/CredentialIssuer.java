package com.linbox.credential;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Hands out and takes back the tokens by which users sign in where {@code linbox.credential.mode} is {@code token}. Where it
 * is {@code open}, tokens are handed out all the same, so that clients have them before the mode is changed. Thread-safe. No
 * method blocks; a stage fails where the store of tokens is away.
 *
 * <p>Every method throws an {@link IllegalStateException} where the mode is {@code jwt}: such tokens are the product's.
 */
public interface CredentialIssuer {

    /**
     * Makes a new token. A user may have 100; of more, the one that expires first goes.
     *
     * @param device the only device that may sign in with it, by the text of AuthRequest, at most 64 characters; null or
     *     empty for any
     * @param lifetime for how long it lets its user in, at most 3650 days; a session that it began goes on after that
     * @throws IllegalArgumentException where an argument is out of its range
     */
    CompletionStage<Credential> issue(long userId, @Nullable String device, Duration lifetime);

    /** Takes back one token. Gives false where the user has no such token, be it that it has expired. */
    CompletionStage<Boolean> revoke(long userId, String token);

    /** Takes back all tokens of a user, and gives how many that were. */
    CompletionStage<Integer> revokeAll(long userId);
}
