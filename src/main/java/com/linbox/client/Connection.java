package com.linbox.client;

import com.linbox.protocol.ContentCipher;
import com.linbox.protocol.FrameDecoder;
import com.linbox.protocol.PacketType;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One signed-in connection, and nothing more: no reconnects, no retries, no order. {@link LinboxClient} is built on it; a
 * load generator uses it bare, because it costs little more than the frames themselves.
 *
 * <p>Thread-safe; cheapest on its own event loop.
 */
public final class Connection {

    /** So many flushes may wait for one system call. */
    private static final int FLUSHES_TO_GATHER = 256;

    private final Channel channel;
    private final Wire wire;
    private final ContentCipher cipher;

    Connection(Channel channel, Wire wire, ContentCipher cipher) {
        this.channel = channel;
        this.wire = wire;
        this.cipher = cipher;
    }

    /**
     * Connects and signs in.
     *
     * @return fails with {@link RefusedException} where the server refuses the user, with
     *     {@link ConnectionFailedException} where it cannot be reached or does not answer within the connect timeout
     */
    public static CompletableFuture<Connection> open(
            EventLoopGroup group, ClientSettings settings, ConnectionListener listener) {
        return open(group, settings, settings.addresses().get(0), null, listener);
    }

    /** The same at one of the settings' addresses, as one of a client's sign-ins. */
    static CompletableFuture<Connection> open(
            EventLoopGroup group,
            ClientSettings settings,
            ServerAddress server,
            SignIns.@Nullable Attempt attempt,
            ConnectionListener listener) {
        CompletableFuture<Connection> signedIn = new CompletableFuture<>();
        new Bootstrap()
                .group(group)
                .channel(ClientEventLoops.channelType(group))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectTimeout().toMillis())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ClientTls tls = settings.tls();
                        if (tls != null) {
                            channel.pipeline()
                                    .addLast(tls.newHandler(
                                            channel, server.host(), server.port(), settings.connectTimeout()));
                        }
                        channel.pipeline().addLast(new FlushConsolidationHandler(FLUSHES_TO_GATHER, true));
                        if (settings.webSocket()) {
                            WebSocketFrames.addTo(channel.pipeline(), server, settings);
                        } else {
                            channel.pipeline().addLast(new FrameDecoder(settings.maxReceived()));
                        }
                        channel.pipeline()
                                .addLast(new ConnectionHandler(settings, server, attempt, listener, signedIn));
                    }
                })
                .connect(server.host(), server.port())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        signedIn.completeExceptionally(new ConnectionFailedException(
                                "cannot connect to " + server + ": " + reason(connected.cause()), connected.cause()));
                    }
                });
        return signedIn;
    }

    private static String reason(Throwable cause) {
        // Netty puts the system call before the reason, and the address behind it once more.
        String message = String.valueOf(cause.getMessage());
        int address = message.lastIndexOf(": /");
        String reason = address > 0 ? message.substring(0, address) : message;
        int systemCall = reason.indexOf("): ");
        return systemCall > 0 ? reason.substring(systemCall + 3) : reason;
    }

    /** Encrypts and queues one packet's JSON; {@link #flush()} sends what is queued. */
    public void write(PacketType type, byte[] json) {
        channel.write(wire.packet(channel.alloc(), cipher, type, json), channel.voidPromise());
    }

    /** Flushes that come close together share one system call. */
    public void flush() {
        channel.flush();
    }

    /** Whether what is queued is below the mark where a sender should wait. */
    public boolean isWritable() {
        return channel.isWritable();
    }

    public EventLoop eventLoop() {
        return channel.eventLoop();
    }

    public void close() {
        channel.close();
    }
}
