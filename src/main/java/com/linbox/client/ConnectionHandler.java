package com.linbox.client;

import com.linbox.message.RequestRejectedException;
import com.linbox.protocol.AuthRequest;
import com.linbox.protocol.AuthResponse;
import com.linbox.protocol.ContentCipher;
import com.linbox.protocol.Frame;
import com.linbox.protocol.OfflineInfo;
import com.linbox.protocol.Packet;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.ServerPacket;
import com.linbox.protocol.UndecryptableContentException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Signs in, then decrypts what comes and passes it on. */
final class ConnectionHandler extends SimpleChannelInboundHandler<Object> {

    private final ClientSettings settings;
    private final ServerAddress server;
    private final SignIns.@Nullable Attempt attempt;
    private final ConnectionListener listener;
    private final CompletableFuture<Connection> signedIn;
    private final Wire wire;
    private final ContentCipher cipher;
    private boolean open;
    private @Nullable Throwable cause;

    ConnectionHandler(
            ClientSettings settings,
            ServerAddress server,
            SignIns.@Nullable Attempt attempt,
            ConnectionListener listener,
            CompletableFuture<Connection> signedIn) {
        this.settings = settings;
        this.server = server;
        this.attempt = attempt;
        this.listener = listener;
        this.signedIn = signedIn;
        this.wire = settings.webSocket() ? Wire.WEB_SOCKET : Wire.STREAM;
        this.cipher = settings.contentCipher();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        var local = ctx.channel().localAddress() instanceof InetSocketAddress address ? address : null;
        var request = new AuthRequest(
                System.currentTimeMillis(),
                Long.toString(settings.userId()),
                settings.token(),
                local == null ? null : local.getAddress().getHostAddress(),
                local == null ? null : Integer.toString(local.getPort()),
                settings.device(),
                attempt == null ? null : attempt.clientId(),
                attempt == null ? null : attempt.number());
        ctx.writeAndFlush(
                wire.packet(ctx.alloc(), settings.signInCipher(), PacketType.AUTH_REQUEST, PacketJson.write(request)));
        ctx.executor().schedule(() -> giveUp(ctx), settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void giveUp(ChannelHandlerContext ctx) {
        if (!signedIn.isDone()) {
            failed(
                    ctx,
                    new ConnectionFailedException(
                            server + " did not answer the sign-in within " + settings.connectTimeout(), null));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object message)
            throws UndecryptableContentException, RequestRejectedException {
        if (!(message instanceof Frame frame)) {
            throw new IllegalStateException("not a LINBOX server: " + message);
        }
        PacketType type = PacketType.ofCode(frame.typeCode());
        if (!open) {
            answered(ctx, type, frame.content());
        } else if (type != null) {
            listener.received(type, cipher.decrypt(frame.content()));
        }
        // A type that this client does not know yet is none of its business.
    }

    private void answered(ChannelHandlerContext ctx, @Nullable PacketType type, ByteBuf content)
            throws UndecryptableContentException, RequestRejectedException {
        if (type != PacketType.AUTH_RESPONSE && type != PacketType.OFFLINE_INFO) {
            throw new IllegalStateException("not a LINBOX server: it answers a sign-in with " + type);
        }
        Packet answer = readAnswer(type, content);
        if (answer instanceof OfflineInfo offline) {
            failed(ctx, new KickedException(offline.reason()));
        } else if (answer instanceof AuthResponse response && response.status() != ServerPacket.OK) {
            failed(ctx, new RefusedException(response.status(), Objects.requireNonNullElse(response.errMsg(), "")));
        } else {
            open = true;
            if (!signedIn.complete(new Connection(ctx.channel(), wire, cipher))) {
                ctx.close();
            }
        }
    }

    /** A server that refuses a user has no key of that user's to say so with, and may use the installation's. */
    private Packet readAnswer(PacketType type, ByteBuf content)
            throws UndecryptableContentException, RequestRejectedException {
        try {
            return PacketJson.read(type, cipher.decrypt(content.duplicate()));
        } catch (UndecryptableContentException | RequestRejectedException e) {
            if (settings.contentKey() == null) {
                throw e;
            }
            return PacketJson.read(type, settings.signInCipher().decrypt(content));
        }
    }

    private void failed(ChannelHandlerContext ctx, LinboxClientException why) {
        signedIn.completeExceptionally(why);
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        String how = cause == null ? "closed by the server" : String.valueOf(cause.getMessage());
        if (open) {
            listener.closed(new ConnectionFailedException("connection to " + server + ": " + how, cause));
        } else {
            signedIn.completeExceptionally(new ConnectionFailedException("sign-in at " + server + ": " + how, cause));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        if (cause == null) {
            cause = thrown;
        }
        ctx.close();
    }
}
