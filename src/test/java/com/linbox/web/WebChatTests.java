package com.linbox.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.credential.CredentialSettings;
import com.linbox.gateway.GatewayEndpoint;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** What the HTTP port serves to browsers, over real HTTP; beside a gateway that only says where it is. */
class WebChatTests {

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<ConfigurableApplicationContext> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(ConfigurableApplicationContext::close);
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class
    })
    @EnableConfigurationProperties(CredentialSettings.class)
    @Import({WebConfiguration.class, ChatConfigController.class})
    static class Role {}

    /** A gateway with WebSocket at port 9080, and over TLS at 9443. */
    static class WithGateway {

        @Bean
        GatewayEndpoint gateway() {
            return new Endpoint(address(9080), address(9443));
        }
    }

    record Endpoint(
            @Nullable InetSocketAddress webSocketAddress,
            @Nullable InetSocketAddress webSocketTlsAddress) implements GatewayEndpoint {

        @Override
        public InetSocketAddress address() {
            return WebChatTests.address(9502);
        }

        @Override
        public @Nullable InetSocketAddress tlsAddress() {
            return null;
        }
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/chat.css", "/chat/main.js", "/linbox.js", "/chat/config.json"})
    void aRoleThatIsNotToldSoServesNoPage(String path) throws Exception {
        assertThat(get(start(WithGateway.class), path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/chat.css", "/chat/main.js", "/chat/icon.svg", "/linbox.js"})
    void everythingOfThePageIsServedWithAStrictPolicyAndAgainOnlyWhereItHasChanged(String path) throws Exception {
        String site = startWithChat();
        HttpResponse<String> first = get(site, path);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("content-security-policy"))
                .hasValue("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:;"
                        + " connect-src 'self' ws://127.0.0.1:9080; base-uri 'none'; frame-ancestors 'none';"
                        + " form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'");
        assertThat(first.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(first.headers().firstValue("referrer-policy")).hasValue("no-referrer");
        assertThat(first.headers().firstValue("cache-control")).hasValue("no-cache");
        String tag = first.headers().firstValue("etag").orElseThrow();
        HttpResponse<String> again = client.send(
                HttpRequest.newBuilder(URI.create(site + path))
                        .header("if-none-match", tag)
                        .build(),
                BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void nothingElseOfTheJarIsServed() throws Exception {
        String site = startWithChat();
        for (String path : List.of(
                "/application.yml",
                "/chat/../../application.yml",
                "/chat/%2e%2e/%2e%2e/application.yml",
                "/chat/..%2f..%2fapplication.yml",
                "/chat/nothing.js")) {
            assertThat(get(site, path).statusCode()).as(path).isIn(400, 404);
        }
    }

    @Test
    void thePageIsToldWhereWebSocketIsAsSeenFromWhereItWasLoadedAndThatAnybodyMaySignIn() throws Exception {
        String site = start(WithGateway.class, "linbox.web.chat=true", "linbox.credential.mode=open");

        HttpResponse<String> answer = get(site, "/chat/config.json");
        assertThat(answer.body()).isEqualTo("{\"webSocket\":\"ws://127.0.0.1:9080/ws\",\"signIn\":\"open\"}");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(get(site.replace("127.0.0.1", "localhost"), "/chat/config.json")
                        .body())
                .contains("\"ws://localhost:9080/ws\"");
    }

    @Test
    void behindAProxyThePageIsToldTheAddressThatTheOperatorGives() throws Exception {
        String site = start(
                Role.class,
                "linbox.web.chat=true",
                "linbox.web.web-socket-url=wss://chat.example.com/some/ws",
                "linbox.credential.mode=token");

        assertThat(get(site, "/chat/config.json").body())
                .isEqualTo("{\"webSocket\":\"wss://chat.example.com/some/ws\",\"signIn\":\"token\"}");
        assertThat(get(site, "/").headers().firstValue("content-security-policy"))
                .hasValueSatisfying(
                        policy -> assertThat(policy).contains("connect-src 'self' wss://chat.example.com;"));
    }

    @Test
    void thePageMayBeToldAPathOfItsOwnHost() throws Exception {
        String site = start(Role.class, "linbox.web.chat=true", "linbox.web.web-socket-url=/ws");

        assertThat(get(site, "/chat/config.json").body()).contains("\"webSocket\":\"/ws\"");
        assertThat(get(site, "/").headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("connect-src 'self';"));
    }

    @Test
    void aPageWithNothingToConnectToStopsTheStart() {
        assertThatThrownBy(() -> start(Role.class, "linbox.web.chat=true"))
                .rootCause()
                .hasMessageContaining("linbox.web.chat")
                .hasMessageContaining("no gateway of this process has WebSocket");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://chat.example.com/ws",
                "wss:///ws",
                "wss://me@chat.example.com/ws",
                "chat",
                "//chat.example.com/ws",
                "/ws#1"
            })
    void aWebSocketUrlThatIsNoneStopsTheStart(String url) {
        assertThatThrownBy(() -> start(Role.class, "linbox.web.chat=true", "linbox.web.web-socket-url=" + url))
                .rootCause()
                .hasMessageContaining("web-socket-url: " + url + " (expected: such as wss://");
    }

    private String startWithChat() {
        return start(WithGateway.class, "linbox.web.chat=true");
    }

    private String start(Class<?> gateway, String... properties) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Role.class, gateway)
                .profiles("gateway")
                .properties("server.port=0")
                .run(arguments(gateway, properties));
        started.add(context);
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    private static String[] arguments(Class<?> gateway, String... properties) {
        List<String> arguments = new ArrayList<>(List.of("--server.port=0"));
        if (gateway == WithGateway.class) {
            arguments.add("--linbox.gateway.ws.port=9080");
        }
        for (String property : properties) {
            arguments.add("--" + property);
        }
        return arguments.toArray(String[]::new);
    }

    private HttpResponse<String> get(String site, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(site + path)).build(), BodyHandlers.ofString());
    }
}
