package com.linbox.credential;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Hands out and takes back the tokens by which users sign in where {@code linbox.credential.mode} is {@code token}.
 * Thread-safe. No method blocks; a stage fails where the store of tokens is away.
 */
public interface CredentialIssuer {

    /**
     * Makes a new token.
     *
     * @param device the only device that may sign in with it, by the text of AuthRequest; null for any
     * @param lifetime for how long it lets its user in; a session that it began goes on after that
     */
    CompletionStage<Credential> issue(long userId, @Nullable String device, Duration lifetime);

    /** Takes back one token. Gives false where the user has no such token, be it that it has expired. */
    CompletionStage<Boolean> revoke(long userId, String token);

    /** Takes back all tokens of a user, and gives how many that were. */
    CompletionStage<Integer> revokeAll(long userId);
}
