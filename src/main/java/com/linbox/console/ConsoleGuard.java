package com.linbox.console;

import jakarta.servlet.http.Cookie;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What every call passes. Whoever calls has signed in, but for the calls that are about signing in. What changes something comes from the
 * console's own page: other pages' scripts cannot send its header without being asked for leave first, which is never given, and
 * browsers say from which page a request comes.
 */
final class ConsoleGuard implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    static final String COOKIE = "linbox-console";
    static final String REQUESTED_WITH = "X-Requested-With";
    static final String OURS = "linbox-console";

    private static final String OPERATOR = ConsoleGuard.class.getName() + ".operator";

    private final ConsoleSessions sessions;

    ConsoleGuard(ConsoleSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        if (request.method() != HttpMethod.GET) {
            requireOwnPage(request);
        }
        if (!request.path().equals(ConsoleRoutes.SESSION) || request.method() == HttpMethod.GET) {
            String session = session(request);
            if (session == null) {
                throw new Refusal(HttpStatus.UNAUTHORIZED, "Sign in first");
            }
            request.attributes().put(OPERATOR, new Operator(session, address(request)));
        }
        return next.handle(request);
    }

    private static void requireOwnPage(ServerRequest request) {
        HttpHeaders headers = request.headers().asHttpHeaders();
        if (!OURS.equals(headers.getFirst(REQUESTED_WITH))) {
            throw new Refusal(
                    HttpStatus.FORBIDDEN,
                    REQUESTED_WITH + ": missing (expected: " + OURS + " for what changes something)");
        }
        if (!isOwn(headers.getFirst(HttpHeaders.ORIGIN), headers.getFirst(HttpHeaders.HOST))) {
            throw new Refusal(HttpStatus.FORBIDDEN, "Origin: another page, or none (expected: this server's own)");
        }
    }

    /** By host and port: a proxy that ends TLS leaves both as they are, and says another scheme. */
    private static boolean isOwn(@Nullable String origin, @Nullable String host) {
        if (origin == null || host == null) {
            return false;
        }
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private @Nullable String session(ServerRequest request) {
        String token = token(request);
        return token == null ? null : sessions.nameOf(token);
    }

    /** The session's token that the browser sends; null where it sends none. */
    static @Nullable String token(ServerRequest request) {
        Cookie cookie = request.cookies().getFirst(COOKIE);
        return cookie == null ? null : cookie.getValue();
    }

    static String address(ServerRequest request) {
        return request.servletRequest().getRemoteAddr();
    }

    /** Who calls, of a call that has passed. */
    static Operator operator(ServerRequest request) {
        return (Operator) Objects.requireNonNull(request.attributes().get(OPERATOR));
    }
}
