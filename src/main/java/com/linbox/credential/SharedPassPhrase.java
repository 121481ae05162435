package com.linbox.credential;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Static content keys: nobody has one of their own. */
final class SharedPassPhrase implements ContentKeys {

    @Override
    public boolean areDynamic() {
        return false;
    }

    @Override
    public CompletionStage<ContentKey> obtain(long userId) {
        throw new IllegalStateException(
                "linbox.credential.content-keys is static: all users share the gateways' pass phrase");
    }

    @Override
    public CompletionStage<@Nullable ContentKey> current(long userId) {
        return CompletableFuture.completedStage(null);
    }
}
