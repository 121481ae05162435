package com.linbox.credential;

import com.nimbusds.jwt.SignedJWT;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.text.ParseException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Mode {@code jwt}. Signatures are verified on threads of its own, since one takes as long as some hundred packets; where
 * too many wait for that, the stage fails.
 */
final class JwtCheck implements CredentialCheck, AutoCloseable {

    private static final int THREADS = 2;
    private static final int MAX_WAITING = 4_096;

    private final JwtKeys keys;
    private final ThreadPoolExecutor threads;

    JwtCheck(JwtKeys keys) {
        this.keys = keys;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(MAX_WAITING),
                new DefaultThreadFactory("linbox-jwt", true));
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletionStage<Verdict> check(long userId, String token, String device) {
        if (token.isEmpty()) {
            return CompletableFuture.completedStage(Verdict.NO_TOKEN);
        }
        SignedJWT jwt = parse(token);
        if (jwt == null) {
            return CompletableFuture.completedStage(Verdict.INVALID);
        }
        return keys.verifierFor(jwt.getHeader()).thenCompose(verifier -> verify(verifier, jwt, userId));
    }

    private CompletionStage<Verdict> verify(JwtVerifier verifier, SignedJWT jwt, long userId) {
        try {
            return CompletableFuture.supplyAsync(() -> verifier.verify(jwt, userId), threads);
        } catch (RejectedExecutionException tooMany) {
            return CompletableFuture.failedStage(tooMany);
        }
    }

    private static @Nullable SignedJWT parse(String token) {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException | RuntimeException e) {
            // What the parser trips over is no token either.
            return null;
        }
    }

    @Override
    public void close() throws Exception {
        threads.shutdownNow();
        if (keys instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
