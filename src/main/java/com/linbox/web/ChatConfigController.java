package com.linbox.web;

import com.linbox.credential.CredentialSettings;
import com.linbox.credential.CredentialSettings.Mode;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /chat/config.json}: what the page has to know before anybody can sign in. */
@RestController
@Profile({"gateway", "router", "rpc", "standalone"})
@ConditionalOnProperty("linbox.web.chat")
final class ChatConfigController {

    private final WebSocketAddress webSocket;
    private final String signIn;

    ChatConfigController(WebSocketAddress webSocket, ObjectProvider<CredentialSettings> credentials) {
        this.webSocket = webSocket;
        CredentialSettings settings = credentials.getIfAvailable();
        this.signIn = settings != null && settings.mode() == Mode.OPEN ? "open" : "token";
    }

    /**
     * The answer.
     *
     * @param webSocket where to connect
     * @param signIn {@code open}: a user id is enough; {@code token}: it takes a token too
     */
    record ChatConfig(String webSocket, String signIn) {}

    /** 503 while there is no WebSocket to connect to. */
    @GetMapping("/chat/config.json")
    ResponseEntity<ChatConfig> config(HttpServletRequest request) {
        return webSocket
                .of(request)
                .map(url ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new ChatConfig(url, signIn)))
                .orElseGet(() -> ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .cacheControl(CacheControl.noStore())
                        .build());
    }
}
