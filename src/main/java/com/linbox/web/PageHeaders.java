package com.linbox.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * What the page may do, told to the browser: run the scripts that come from here and no others, none of them made from text;
 * connect to here and to the gateway; show pictures, which may be anybody's, without telling who looks at them; be in
 * no frame. So a message that somehow were taken for HTML would still do nothing.
 */
final class PageHeaders implements HandlerInterceptor {

    private final WebSocketAddress webSocket;

    PageHeaders(WebSocketAddress webSocket) {
        this.webSocket = webSocket;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        response.setHeader("Content-Security-Policy", policy(request));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        return true;
    }

    private String policy(HttpServletRequest request) {
        String gateway = webSocket.source(request).map(source -> " " + source).orElse("");
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; connect-src 'self'"
                + gateway
                + "; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
                + "; require-trusted-types-for 'script'; trusted-types 'none'";
    }
}
