package com.linbox.rpc;

import com.linbox.im.interfaces.IIMService;
import com.linbox.message.ErrorCode;
import com.linbox.rpc.api.RequestFailedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides who may call, and what callers are told of failures. Thread-safe. */
final class CallGate {

    private static final Logger log = LoggerFactory.getLogger(CallGate.class);
    private static final String SCHEME = "Bearer ";

    private final byte @Nullable [] secret;
    private final RpcMeters meters;
    private int underway;

    CallGate(RpcSettings settings, RpcMeters meters) {
        String text = settings.secret();
        this.secret = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        this.meters = meters;
    }

    /**
     * Looks at who calls.
     *
     * @param authorization what the caller sent to prove it
     * @return null where the caller may come in, otherwise what it is told
     */
    @Nullable
    RequestFailedException refusal(@Nullable String authorization) {
        if (secret == null || isRight(authorization)) {
            meters.caller(RpcMeters.Caller.ADMITTED);
            return null;
        }
        boolean missing = authorization == null || authorization.isEmpty();
        meters.caller(missing ? RpcMeters.Caller.WITHOUT_SECRET : RpcMeters.Caller.WITH_WRONG_SECRET);
        return Failures.of(
                ErrorCode.NOT_CERTIFIED,
                "authorization: " + (missing ? "missing" : "wrong")
                        + " (expected: Bearer and the secret of this server's callers)");
    }

    private boolean isRight(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8), secret);
    }

    /** A caller got no connection. */
    void refusedByTls() {
        meters.caller(RpcMeters.Caller.REFUSED_BY_TLS);
    }

    /** A call is let in. */
    synchronized void begun() {
        underway++;
    }

    /** A call that was let in has its answer. */
    synchronized void ended() {
        underway--;
        notifyAll();
    }

    /**
     * Waits until no call is under way.
     *
     * @param atLeast how long to wait in any case
     * @param atMost how much longer to wait for those that are under way
     */
    synchronized void awaitQuiet(Duration atLeast, Duration atMost) throws InterruptedException {
        long now = System.nanoTime();
        long earliest = now + atLeast.toNanos();
        long latest = earliest + atMost.toNanos();
        while (now < earliest || underway > 0 && now < latest) {
            TimeUnit.NANOSECONDS.timedWait(this, (now < earliest ? earliest : latest) - now);
            now = System.nanoTime();
        }
    }

    void answered(String method, Duration took) {
        meters.answered(method, took);
    }

    /** Counts a failure, logs it where it is this server's fault, and gives what the caller of this service is told. */
    Throwable failed(Class<?> service, String method, Throwable failure, Duration took) {
        RequestFailedException told = Failures.known(failure);
        if (told == null) {
            log.error("A call of {} failed", method, failure);
            told = Failures.of(ErrorCode.FAILED);
        }
        meters.failed(method, ErrorCode.valueOf(told.code()), took);
        return service == IIMService.class ? asTheOriginalDid(told) : told;
    }

    /** In exceptions that callers of the original interface have classes of. */
    private static RuntimeException asTheOriginalDid(RequestFailedException told) {
        RuntimeException known = told.status() / 100 == 4 && told.status() != ErrorCode.NOT_CERTIFIED.status()
                ? new IllegalArgumentException(told.getMessage())
                : new IllegalStateException(told.getMessage());
        known.setStackTrace(new StackTraceElement[0]);
        return known;
    }
}
