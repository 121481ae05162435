package com.linbox.credential;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The users' own keys of protocol version 1, where {@code linbox.credential.content-keys} is {@code dynamic}. Thread-safe.
 * No method blocks; a stage fails where the store of keys is away.
 */
public interface ContentKeys {

    /** Whether users have keys of their own; otherwise all clients share the gateways' pass phrase, and there are none here. */
    boolean areDynamic();

    /**
     * The user's key, a new one where there is none or less than half of its lifetime is left. Whoever asks at the same time
     * is given the same one. A new key takes the place of the one before, with which nobody can sign in any more; sessions
     * that have begun keep theirs.
     *
     * @throws IllegalStateException where keys are not dynamic
     */
    CompletionStage<ContentKey> obtain(long userId);

    /** The key that the user was given last, null where there is none, be it that it has expired. */
    CompletionStage<@Nullable ContentKey> current(long userId);
}
