package com.linbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.web.WebChatTests.Endpoint;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** Which address of the gateway a page is sent to. */
class WebSocketAddressTests {

    private static final InetSocketAddress PLAIN = new InetSocketAddress("127.0.0.1", 9080);
    private static final InetSocketAddress OVER_TLS = new InetSocketAddress("127.0.0.1", 9443);

    @Test
    void aPageThatCameOverTlsConnectsOverTls() {
        var address = new WebSocketAddress(null, new Endpoint(PLAIN, OVER_TLS));

        assertThat(address.of(asked("chat.example.com", true))).hasValue("wss://chat.example.com:9443/ws");
        assertThat(address.of(asked("chat.example.com", false))).hasValue("ws://chat.example.com:9080/ws");
    }

    @Test
    void whereThereIsOnlyOneThatIsIt() {
        assertThat(new WebSocketAddress(null, new Endpoint(null, OVER_TLS)).of(asked("a", false)))
                .hasValue("wss://a:9443/ws");
        assertThat(new WebSocketAddress(null, new Endpoint(PLAIN, null)).of(asked("a", true)))
                .hasValue("ws://a:9080/ws");
        assertThat(new WebSocketAddress(null, new Endpoint(null, null)).of(asked("a", true)))
                .isEmpty();
        assertThat(new WebSocketAddress(null, null).of(asked("a", true))).isEmpty();
    }

    /** A policy has no words for it, nor for what is no name at all. */
    @Test
    void aHostThatAPolicyCannotNameIsAnyHostAtThatPort() {
        var address = new WebSocketAddress(null, new Endpoint(PLAIN, null));

        assertThat(address.of(asked("[::1]", false))).hasValue("ws://[::1]:9080/ws");
        assertThat(address.source(asked("[::1]", false))).hasValue("ws://*:9080");
        assertThat(address.source(asked("a; script-src *", false))).hasValue("ws://*:9080");
        assertThat(address.source(asked("chat.example.com", false))).hasValue("ws://chat.example.com:9080");
    }

    private static MockHttpServletRequest asked(String host, boolean isSecure) {
        var request = new MockHttpServletRequest();
        request.setServerName(host);
        request.setSecure(isSecure);
        return request;
    }
}
