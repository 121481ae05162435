package com.linbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linbox.client.ClientListener;
import com.linbox.client.ClientSettings;
import com.linbox.client.ClientTls;
import com.linbox.client.ConnectionFailedException;
import com.linbox.client.LinboxClient;
import com.linbox.protocol.ProtocolVersion;
import com.linbox.testing.TcpProxy;
import com.linbox.testing.TestCertificates;
import com.linbox.testing.WebSocketClient;
import com.linbox.testing.WireClient;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketClientExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Clients of WebSocket by other makers, over TLS and compressed; and our own. */
@Timeout(60)
class WebSocketClientsTests {

    @TempDir
    private Path folder;

    private TestGateway overTls(TestCertificates certificates, String... more) throws Exception {
        certificates.renewServer("localhost");
        String[] tls = {
            "gateway.ws.tls-port",
            "0",
            "gateway.tls.certificate",
            certificates.certificateFile().toString(),
            "gateway.tls.private-key",
            certificates.keyFile().toString(),
            "gateway.auth-timeout",
            "20s"
        };
        String[] all = java.util.Arrays.copyOf(tls, tls.length + more.length);
        System.arraycopy(more, 0, all, tls.length, more.length);
        return new TestGateway(all).start();
    }

    @Test
    void aSessionGoesOverTlsWithTheCertificateOfTheOtherPorts() throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        try (TestGateway gateway = overTls(certificates, "gateway.tls.reload", "20ms");
                WebSocketClient client = WebSocketClient.overTls(
                                gateway.webSocketClientsOverTls().getPort(), certificates.trusting())
                        .signedInAs(7)) {
            assertThat(client.say(7, 8, "hello").path("status").asInt()).isEqualTo(200);
            assertThat(gateway.announced().wssPort())
                    .isEqualTo(gateway.webSocketClientsOverTls().getPort());
            assertThat(gateway.announced().wsPort())
                    .isEqualTo(gateway.webSocketClients().getPort());

            certificates.renewServer("localhost");
            await().until(() -> gateway.count("linbox.gateway.tls.reloads", "outcome", GatewayMeters.Reload.DONE) == 1);
            assertThat(client.say(7, 8, "still here").path("status").asInt()).isEqualTo(200);
            assertThat(client.leave(1000)).isEqualTo(1000);
        }
    }

    @Test
    void aClientThatDoesNotKnowTheCertificateGoesAway() throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        try (TestGateway gateway = overTls(certificates)) {
            int port = gateway.webSocketClientsOverTls().getPort();
            assertThatThrownBy(() -> WebSocketClient.overTls(port, javax.net.ssl.SSLContext.getDefault()))
                    .hasRootCauseInstanceOf(CertPathBuilderException.class);
            await().until(() -> gateway.open() == 0);
            assertThat(gateway.failures()).isZero();
        }
    }

    /** There a client would be the one to say so. */
    @Test
    void overTlsNobodysWordIsTakenForTheirAddress() throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        try (TestGateway gateway = overTls(
                        certificates, "gateway.ws.behind-proxy", "true", "limits.connections-per-address", "1");
                WebSocketClient one = WebSocketClient.overTls(
                        gateway.webSocketClientsOverTls().getPort(),
                        certificates.trusting(),
                        "X-Forwarded-For",
                        "192.0.2.7")) {
            one.signedInAs(7);
            assertThatThrownBy(() -> WebSocketClient.overTls(
                            gateway.webSocketClientsOverTls().getPort(),
                            certificates.trusting(),
                            "X-Forwarded-For",
                            "192.0.2.8"))
                    .isInstanceOf(java.util.concurrent.CompletionException.class);
            // The JDK tries once more.
            assertThat(gateway.closed(CloseCause.TOO_MANY_FROM_ADDRESS)).isPositive();
        }
    }

    @Test
    void aPortForTlsNeedsACertificate() {
        try (TestGateway gateway = new TestGateway("gateway.ws.tls-port", "0")) {
            assertThatThrownBy(gateway::start)
                    .isInstanceOfSatisfying(
                            InvalidConfigurationPropertyValueException.class,
                            e -> assertThat(e.getName()).isEqualTo("linbox.gateway.ws.tls-port"));
        }
    }

    @Test
    void theJavaClientSpeaksWebSocket() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                LinboxClient client = client(gateway.webSocketClients().getPort(), null)) {
            client.connect().get(20, TimeUnit.SECONDS);
            assertThat(client.send(8, "text/plain", "hello")
                            .get(20, TimeUnit.SECONDS)
                            .msgId())
                    .isPositive();
            assertThat(gateway.registry
                            .get("linbox.gateway.connections.by.transport")
                            .tag("transport", "ws")
                            .gauge()
                            .value())
                    .isEqualTo(1);
        }
    }

    @Test
    void theJavaClientSpeaksWebSocketOverTls() throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        try (TestGateway gateway = overTls(certificates);
                LinboxClient client = client(
                        gateway.webSocketClientsOverTls().getPort(),
                        ClientTls.trusting(certificates.authorityFile()))) {
            client.connect().get(20, TimeUnit.SECONDS);
            assertThat(client.send(8, "text/plain", "x".repeat(16_000))
                            .get(20, TimeUnit.SECONDS)
                            .msgId())
                    .isPositive();
        }
    }

    @Test
    void theJavaClientComesBackByWebSocketAfterALostConnection() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                TcpProxy network =
                        new TcpProxy("127.0.0.1", gateway.webSocketClients().getPort());
                LinboxClient client = client(network.port(), null)) {
            client.connect().get(20, TimeUnit.SECONDS);
            network.cut(1, new Random());
            assertThat(client.send(8, "text/plain", "hello")
                            .get(20, TimeUnit.SECONDS)
                            .msgId())
                    .isPositive();
        }
    }

    @Test
    void theJavaClientIsToldWhereThereIsNoWebSocket() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                LinboxClient client = client(gateway.clients().getPort(), null)) {
            assertThatThrownBy(() -> client.connect().join()).hasCauseInstanceOf(ConnectionFailedException.class);
        }
    }

    @Test
    void byWebSocketOnlyVersion2IsSpoken() {
        assertThatThrownBy(() -> ClientSettings.of("127.0.0.1", 1, 7)
                        .webSocket(true)
                        .version(ProtocolVersion.V1)
                        .build())
                .hasMessage("version: V1 (expected: V2, by WebSocket)");
    }

    private static LinboxClient client(int port, ClientTls tls) {
        return LinboxClient.create(
                ClientSettings.of("127.0.0.1", port, 7)
                        .version(ProtocolVersion.V2)
                        .webSocket(true)
                        .tls(tls)
                        .requestTimeout(Duration.ofSeconds(1))
                        .build(),
                new ClientListener() {});
    }

    /** Netty's client compresses everything that it sends. */
    @Test
    void aClientThatCompressesIsUnderstoodAndUnderstands() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                Compressing client = new Compressing(gateway.webSocketClients())) {
            client.send("{\"packet\":\"AuthRequest\",\"r_id\":1,\"user_id\":\"7\",\"token\":\"t\"}");
            assertThat(client.next()).contains("\"status\":200");
            for (int length : new int[] {1, 800, 10_000}) {
                client.send("{\"packet\":\"SendMsgRequest\","
                        + WireClient.message(7, 8, length, "l".repeat(length))
                                .toString()
                                .substring(1));
                assertThat(client.next()).contains("SendMsgResponse", "\"status\":200");
            }
            Connection connection =
                    gateway.services.connections().all().iterator().next();
            for (int length : new int[] {10, 2_000, 100_000}) {
                String json = "{\"user_id\":\"7\",\"x\":\"" + "k\u00e4se ".repeat(length / 5) + "\"}";
                connection.channel().eventLoop().execute(() -> {
                    connection.write(com.linbox.protocol.PacketType.NEW_MESSAGE, json.getBytes(StandardCharsets.UTF_8));
                    connection.channel().flush();
                });
                assertThat(client.next()).isEqualTo("{\"packet\":\"NewMessage\"," + json.substring(1));
            }
            assertThat(gateway.failures()).isZero();
        }
    }

    /** Netty's WebSocket client with permessage-deflate. */
    private static final class Compressing implements AutoCloseable {

        /** It must have offered each message by itself to take it. */
        private static final PerMessageDeflateClientExtensionHandshaker OFFER =
                new PerMessageDeflateClientExtensionHandshaker(6, false, 15, true, true, 1 << 20);

        private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final Channel channel;

        Compressing(InetSocketAddress gateway) throws Exception {
            var ready = new CompletableFuture<Void>();
            var config = WebSocketClientProtocolConfig.newBuilder()
                    .webSocketUri("ws://127.0.0.1:" + gateway.getPort() + "/ws")
                    .allowExtensions(true)
                    .maxFramePayloadLength(1 << 20)
                    .build();
            channel = new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel made) {
                            made.pipeline()
                                    .addLast(new HttpClientCodec(), new HttpObjectAggregator(8_192))
                                    .addLast(new WebSocketClientExtensionHandler(OFFER))
                                    .addLast(new WebSocketClientProtocolHandler(config))
                                    .addLast(new Incoming(ready));
                        }
                    })
                    .connect(InetAddress.getLoopbackAddress(), gateway.getPort())
                    .sync()
                    .channel();
            ready.get(20, TimeUnit.SECONDS);
        }

        void send(String text) {
            channel.writeAndFlush(new TextWebSocketFrame(text)).syncUninterruptibly();
        }

        String next() throws InterruptedException {
            return texts.poll(20, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            channel.close().syncUninterruptibly();
            loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        }

        private final class Incoming extends SimpleChannelInboundHandler<TextWebSocketFrame> {

            private final CompletableFuture<Void> ready;

            Incoming(CompletableFuture<Void> ready) {
                this.ready = ready;
            }

            @Override
            protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
                texts.add(frame.text());
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                    // Its own extension's handlers are there only where the server agreed.
                    boolean agreed =
                            ctx.pipeline().names().stream().anyMatch(name -> name.contains("PerMessageDeflateDecoder"));
                    if (agreed) {
                        ready.complete(null);
                    } else {
                        ready.completeExceptionally(new AssertionError("not compressed"));
                    }
                }
            }
        }
    }
}
