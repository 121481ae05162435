package com.linbox.credential;

import java.util.concurrent.CompletionStage;

/** Tells whether a user may sign in. Thread-safe. */
public interface Credentials {

    /**
     * Does not block.
     *
     * @param token what the client sent, possibly empty
     * @param device what the client called its device, possibly empty
     * @return false where the user may not come in; the client is never told why
     */
    CompletionStage<Boolean> admits(long userId, String token, String device);
}
