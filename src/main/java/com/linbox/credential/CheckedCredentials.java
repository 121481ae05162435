package com.linbox.credential;

import java.util.concurrent.CompletionStage;

/** Answers by a check, and counts what it found. */
final class CheckedCredentials implements Credentials, AutoCloseable {

    private final CredentialCheck check;
    private final CredentialMeters meters;

    CheckedCredentials(CredentialCheck check, CredentialMeters meters) {
        this.check = check;
        this.meters = meters;
    }

    @Override
    public CompletionStage<Boolean> admits(long userId, String token, String device) {
        return check.check(userId, token, device)
                .whenComplete((verdict, failure) -> meters.checked(failure == null ? verdict : Verdict.UNAVAILABLE))
                .thenApply(verdict -> verdict == Verdict.ADMITTED);
    }

    @Override
    public void close() throws Exception {
        if (check instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
