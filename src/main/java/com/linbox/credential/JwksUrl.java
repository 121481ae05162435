package com.linbox.credential;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys from a URL. They are fetched at the start, again when they are {@link #FRESH} no longer, and when a token names one
 * that is not among them; never twice at a time and never more often than {@link #PAUSE}. While the URL does not answer, the
 * keys known last hold. Whoever only needs keys that are known never waits.
 */
final class JwksUrl implements JwtKeys, AutoCloseable {

    /** Also how long a key that was taken out of the set still signs users in. */
    static final Duration FRESH = Duration.ofMinutes(5);

    static final Duration PAUSE = Duration.ofSeconds(10);

    /** After a fetch that failed. */
    static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(JwksUrl.class);
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_BYTES = 256 * 1024;

    private final URI url;
    private final Function<JWKSet, JwtVerifier> verifiers;
    private final CredentialMeters meters;
    private final LongSupplier nanoTime;
    private final DefaultResourceRetriever retriever =
            new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES);
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("linbox-jwks", true));

    private @Nullable JwtVerifier known;
    private @Nullable CompletableFuture<Void> underway;
    private long knownSince;
    private long triedAt;
    private boolean tried;
    private boolean failing;

    /** @param nanoTime as {@link System#nanoTime()} */
    JwksUrl(URI url, Function<JWKSet, JwtVerifier> verifiers, CredentialMeters meters, LongSupplier nanoTime) {
        this.url = url;
        this.verifiers = verifiers;
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    /** Begins to fetch, so that the first sign-in need not wait for it. */
    JwksUrl start() {
        fetchUnlessTooSoon();
        return this;
    }

    @Override
    public synchronized CompletionStage<JwtVerifier> verifierFor(JWSHeader header) {
        JwtVerifier verifier = known;
        if (verifier != null && (!verifier.accepts(header.getAlgorithm()) || verifier.hasKeyFor(header))) {
            if (nanoTime.getAsLong() - knownSince >= FRESH.toNanos()) {
                fetchUnlessTooSoon();
            }
            return CompletableFuture.completedStage(verifier);
        }
        fetchUnlessTooSoon();
        CompletableFuture<Void> fetch = underway;
        return fetch == null ? knownLast(header) : fetch.thenCompose(fetched -> knownLast(header));
    }

    private synchronized CompletionStage<JwtVerifier> knownLast(JWSHeader header) {
        JwtVerifier verifier = known;
        // While the keys cannot be had nobody can say that a key is not among them.
        return verifier == null || failing && !verifier.hasKeyFor(header)
                ? CompletableFuture.failedStage(new KeySetUnavailableException("no keys from " + shown()))
                : CompletableFuture.completedStage(verifier);
    }

    private synchronized void fetchUnlessTooSoon() {
        Duration pause = failing ? PAUSE_AFTER_FAILURE : PAUSE;
        long now = nanoTime.getAsLong();
        if (underway != null || tried && now - triedAt < pause.toNanos()) {
            return;
        }
        tried = true;
        triedAt = now;
        CompletableFuture<Void> fetch = new CompletableFuture<>();
        underway = fetch;
        thread.execute(() -> {
            fetch();
            fetch.complete(null);
        });
    }

    /** Ends the attempt in any case; waits for the network, without the lock. */
    private void fetch() {
        try {
            String json = retriever.retrieveResource(url.toURL()).getContent();
            fetched(verifiers.apply(JwtKeyFiles.usable(json)));
        } catch (IOException | ParseException | RuntimeException e) {
            failed(e);
        }
    }

    private synchronized void fetched(JwtVerifier verifier) {
        if (failing) {
            log.info("The keys at {} are there again", shown());
        }
        failing = false;
        known = verifier;
        knownSince = nanoTime.getAsLong();
        underway = null;
    }

    private synchronized void failed(Exception cause) {
        meters.jwksFailed();
        if (!failing) {
            log.warn(
                    "The keys at {} cannot be fetched, {}: {}",
                    shown(),
                    known == null ? "nobody can sign in" : "those known last hold",
                    cause.toString().replace(url.toString(), shown()));
        }
        failing = true;
        underway = null;
    }

    /** Without user, password and query, which may be secrets. */
    private String shown() {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()) + url.getPath();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
