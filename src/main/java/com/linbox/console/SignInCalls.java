package com.linbox.console;

import com.linbox.console.AuditLog.Action;
import com.linbox.console.ConsoleMeters.SignIn;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.info.InfoEndpoint;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Lets operators in and out. */
final class SignInCalls {

    private final ConsoleSecret secret;
    private final ConsoleSessions sessions;
    private final SignInBrake brake;
    private final ConsoleMeters meters;
    private final AuditLog audit;
    private final ObjectProvider<InfoEndpoint> info;
    private final Clock clock;

    SignInCalls(
            ConsoleSecret secret,
            ConsoleSessions sessions,
            SignInBrake brake,
            ConsoleMeters meters,
            AuditLog audit,
            ObjectProvider<InfoEndpoint> info,
            Clock clock) {
        this.secret = secret;
        this.sessions = sessions;
        this.brake = brake;
        this.meters = meters;
        this.audit = audit;
        this.info = info;
        this.clock = clock;
    }

    record Offered(@Nullable String secret) {}

    /** {@code POST /session}: the answer has a cookie, which is what the browser is known by from then on. */
    ServerResponse begin(ServerRequest request) throws IOException {
        String address = ConsoleGuard.address(request);
        Operator stranger = new Operator(Operator.NO_SESSION, address);
        InetAddress from = InetAddress.getByName(address);
        long secondsLeft = brake.secondsLeft(from);
        if (secondsLeft > 0) {
            meters.signIn(SignIn.THROTTLED);
            audit.refused(stranger, Action.SIGN_IN, null, null, null, "too many wrong secrets from there");
            return ServerResponse.status(HttpStatus.TOO_MANY_REQUESTS)
                    .header(HttpHeaders.RETRY_AFTER, Long.toString(secondsLeft))
                    .body(new ConsoleRoutes.Failure("Too many wrong secrets: try again in " + secondsLeft + " s"));
        }
        String offered = Bodies.read(request, Offered.class).secret();
        if (offered == null || !secret.is(offered)) {
            brake.failed(from);
            meters.signIn(SignIn.REFUSED);
            audit.refused(stranger, Action.SIGN_IN, null, null, null, "wrong secret");
            throw new Refusal(HttpStatus.UNAUTHORIZED, "This is not the console's secret");
        }
        brake.succeeded(from);
        meters.signIn(SignIn.ACCEPTED);
        String token = sessions.begin();
        audit.done(new Operator(String.valueOf(sessions.nameOf(token)), address), Action.SIGN_IN, null, null, null);
        return ServerResponse.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie(request, token, sessions.lifetime()))
                .build();
    }

    /** {@code DELETE /session}. */
    ServerResponse end(ServerRequest request) {
        String token = ConsoleGuard.token(request);
        String session = token == null ? null : sessions.nameOf(token);
        if (token != null && session != null) {
            sessions.end(token);
            audit.done(new Operator(session, ConsoleGuard.address(request)), Action.SIGN_OUT, null, null, null);
        }
        return ServerResponse.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie(request, "", Duration.ZERO))
                .build();
    }

    private static String cookie(ServerRequest request, String value, Duration lifetime) {
        return ResponseCookie.from(ConsoleGuard.COOKIE, value)
                .path("/console")
                .httpOnly(true)
                .sameSite("Strict")
                .secure(request.servletRequest().isSecure())
                .maxAge(lifetime)
                .build()
                .toString();
    }

    /**
     * Which process this is.
     *
     * @param info as at {@code /actuator/info}
     * @param host that it runs on, as it knows it
     * @param now its clock, in milliseconds since the epoch
     */
    record Process(Map<String, Object> info, String host, long pid, long now, String operator) {}

    /** {@code GET /session}: that the cookie is good, and of which process. */
    ServerResponse look(ServerRequest request) {
        InfoEndpoint endpoint = info.getIfAvailable();
        return ServerResponse.ok()
                .body(new Process(
                        endpoint == null ? Map.of() : endpoint.info(),
                        System.getenv().getOrDefault("HOSTNAME", "localhost"),
                        ProcessHandle.current().pid(),
                        clock.millis(),
                        ConsoleGuard.operator(request).session()));
    }
}
