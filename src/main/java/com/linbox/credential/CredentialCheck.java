package com.linbox.credential;

import java.util.concurrent.CompletionStage;

/** One way to look at tokens. Thread-safe; does not block. */
interface CredentialCheck {

    /** @see Credentials#admits */
    CompletionStage<Verdict> check(long userId, String token, String device);
}
