package com.linbox.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import java.util.Map;
import java.util.Set;

/** Whether clients of WebSocket may compress, and have compressed, what is said (RFC 7692). */
final class PerMessageDeflate {

    private static final String NAME = "permessage-deflate";
    private static final String SERVER_MAX_WINDOW = "server_max_window_bits";
    private static final String LARGEST_WINDOW = "15";

    private static final Set<String> PARAMETERS = Set.of(
            SERVER_MAX_WINDOW, "client_max_window_bits", "server_no_context_takeover", "client_no_context_takeover");

    /** Every message by itself: what both ends would remember otherwise is a lot for a connection that is idle. */
    static final String ANSWER = NAME + "; server_no_context_takeover; client_no_context_takeover";

    private PerMessageDeflate() {}

    /** Whether the client offers it in a way that can be agreed to. */
    static boolean isWanted(HttpHeaders request) {
        String offers = String.join(",", request.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS));
        return !offers.isBlank()
                && WebSocketExtensionUtil.extractExtensions(offers).stream().anyMatch(PerMessageDeflate::isAgreeable);
    }

    private static boolean isAgreeable(WebSocketExtensionData offer) {
        Map<String, String> parameters = offer.parameters();
        // Java's deflater has no smaller window.
        return offer.name().equals(NAME)
                && PARAMETERS.containsAll(parameters.keySet())
                && LARGEST_WINDOW.equals(parameters.getOrDefault(SERVER_MAX_WINDOW, LARGEST_WINDOW));
    }
}
