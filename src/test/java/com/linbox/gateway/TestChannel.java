package com.linbox.gateway;

import com.linbox.protocol.IndependentClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** A connection in memory, from whatever address, seen from the client's end. */
final class TestChannel extends EmbeddedChannel {

    static final String LOOPBACK = "127.0.0.1";

    private final SocketAddress local;
    private final SocketAddress remote;

    private TestChannel(ChannelHandler pipeline, Ticker ticker, String from, String to) throws Exception {
        super(EmbeddedChannel.builder().register(false).ticker(ticker).handlers(pipeline));
        this.remote = address(from, 40_000);
        this.local = address(to, 9502);
        register();
    }

    static TestChannel onLoopback(TestGateway gateway) {
        return between(gateway, LOOPBACK, LOOPBACK);
    }

    static TestChannel between(TestGateway gateway, String client, String server) {
        return between(gateway, Ticker.systemTicker(), client, server);
    }

    static TestChannel between(TestGateway gateway, Ticker ticker, String client, String server) {
        try {
            return new TestChannel(gateway.pipeline(), ticker, client, server);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that is to become a WebSocket. */
    static TestChannel forWebSocket(TestGateway gateway, String client, String server) {
        try {
            return new TestChannel(gateway.webSocketPipeline(), Ticker.systemTicker(), client, server);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static InetSocketAddress address(String host, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    @Override
    protected SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return remote;
    }

    TestChannel receive(byte[] bytes) {
        writeInbound(Unpooled.wrappedBuffer(bytes));
        return this;
    }

    TestChannel receive(IndependentClient codec, int type, String json) {
        try {
            return receive(codec.encode(type, json));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    TestChannel signIn(IndependentClient codec, long user) {
        receive(codec, 1, "{\"r_id\":1,\"user_id\":\"" + user + "\",\"token\":\"t\"}");
        runPendingTasks();
        return this;
    }

    TestChannel receive(String ascii) {
        return receive(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** What the gateway has written since, as bytes. */
    byte[] written() {
        runPendingTasks();
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf out = readOutbound(); out != null; out = readOutbound()) {
            all.writeBytes(out);
            out.release();
        }
        return ByteBufUtil.getBytes(all);
    }

    /** What the gateway has written since, decoded. */
    List<IndependentClient.Decoded> written(IndependentClient codec) throws GeneralSecurityException {
        runPendingTasks();
        List<IndependentClient.Decoded> packets = new ArrayList<>();
        for (ByteBuf out = readOutbound(); out != null; out = readOutbound()) {
            ByteBuffer bytes = out.nioBuffer();
            while (bytes.hasRemaining()) {
                byte[] frame = new byte[8 + bytes.getInt(bytes.position() + 4)];
                bytes.get(frame);
                packets.add(codec.decode(frame));
            }
            out.release();
        }
        return packets;
    }
}
