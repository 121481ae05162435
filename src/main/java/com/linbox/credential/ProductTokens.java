package com.linbox.credential;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Mode {@code jwt}: the product issues its own tokens, and nothing that LINBOX issued would let anybody in. */
final class ProductTokens implements CredentialIssuer {

    @Override
    public CompletionStage<Credential> issue(long userId, @Nullable String device, Duration lifetime) {
        throw refusal();
    }

    @Override
    public CompletionStage<Boolean> revoke(long userId, String token) {
        throw refusal();
    }

    @Override
    public CompletionStage<Integer> revokeAll(long userId) {
        throw refusal();
    }

    private static IllegalStateException refusal() {
        return new IllegalStateException(
                "linbox.credential.mode is jwt: tokens are issued, and take their end, where the product signs them");
    }
}
