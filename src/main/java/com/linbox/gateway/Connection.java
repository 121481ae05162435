package com.linbox.gateway;

import com.linbox.presence.Session;
import com.linbox.protocol.ContentCipher;
import com.linbox.protocol.OfflineInfo;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.PlainContentCipher;
import com.linbox.protocol.Reconnect;
import com.linbox.protocol.ServerPacket;
import com.linbox.protocol.WebSocketClose;
import com.linbox.protocol.WebSocketFrameEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection: its state, its way out, and its one exit. Unless told otherwise, methods belong to the channel's event loop. */
final class Connection {

    /** Where a connection stands; it only ever moves on. */
    enum State {
        AWAITING_SIGN_IN,
        SIGNING_IN,
        SIGNED_IN,
        CLOSED
    }

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /** How long after its delay a client that was told to leave is still served: its clock began later. */
    static final Duration TIME_TO_LEAVE = Duration.ofSeconds(1);

    /** How long a client that is served no more waits for the answers it has not had. */
    static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

    private final Channel channel;
    private final long id;
    private final GatewayMeters meters;
    private final Supplier<LimitSettings> limits;
    private ContentCipher cipher;
    private Framing framing = Framing.STREAM;
    private @Nullable InetAddress clientAddress;
    private volatile long lastHeard;
    private State state = State.AWAITING_SIGN_IN;
    private @Nullable Session session;
    private int unanswered;
    private boolean toLeave;
    private boolean deaf;

    /** @param cipher of the key that all clients share, for as long as the client is not known */
    Connection(Channel channel, long id, ContentCipher cipher, GatewayMeters meters, Supplier<LimitSettings> limits) {
        this.channel = channel;
        this.id = id;
        this.cipher = cipher;
        this.meters = meters;
        this.limits = limits;
        this.lastHeard = now();
        this.clientAddress = addressOf(channel.remoteAddress());
    }

    private static @Nullable InetAddress addressOf(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }

    long id() {
        return id;
    }

    Channel channel() {
        return channel;
    }

    /** Where the client is, as far as the gateway can tell; remembered, since a closed channel has forgotten it. */
    @Nullable
    InetAddress clientAddress() {
        return clientAddress;
    }

    State state() {
        return state;
    }

    /** What its content is encrypted with now, in both directions. */
    ContentCipher cipher() {
        return cipher;
    }

    /** To be called where nothing is on its way out yet that was encrypted otherwise. */
    void setCipher(ContentCipher cipher) {
        this.cipher = cipher;
    }

    /** From here on it is a WebSocket, which speaks version 2. */
    void upgraded(Framing itsFraming) {
        framing = itsFraming;
        cipher = PlainContentCipher.INSTANCE;
    }

    /** A load balancer has said on whose behalf it connects; null where on its own. */
    void comesFrom(@Nullable InetAddress client) {
        if (client != null) {
            clientAddress = client;
        }
    }

    /** Whether nobody on a network can read along: over TLS, or within this machine. */
    boolean isPrivate() {
        return channel.pipeline().get(SslHandler.class) != null || isOnLoopback();
    }

    /** Whether client and gateway are on the same machine, and whoever is between them. */
    boolean isOnLoopback() {
        return isLoopback(addressOf(channel.localAddress()))
                && isLoopback(addressOf(channel.remoteAddress()))
                && isLoopback(clientAddress);
    }

    private static boolean isLoopback(@Nullable InetAddress address) {
        return address != null && address.isLoopbackAddress();
    }

    /** Something has come from the client. */
    void heard() {
        lastHeard = now();
    }

    /** Whether nothing has come from the client for so long. May be asked on any thread. */
    boolean isSilent(Duration time) {
        return now() - lastHeard > time.toNanos();
    }

    private long now() {
        return channel.eventLoop().ticker().nanoTime();
    }

    /** Who is signed in, or is about to be; null before. */
    @Nullable
    Session session() {
        return session;
    }

    /** The client has said who it is. */
    void signingIn(Session claimed) {
        move(State.AWAITING_SIGN_IN, State.SIGNING_IN);
        session = claimed;
    }

    /**
     * The client may come in.
     *
     * @param itsCipher what everything from here on is encrypted with, in both directions
     */
    void signedIn(ContentCipher itsCipher) {
        move(State.SIGNING_IN, State.SIGNED_IN);
        cipher = itsCipher;
    }

    private void move(State from, State to) {
        if (state != from) {
            throw new IllegalStateException(to + " from " + state + " (expected: from " + from + ")");
        }
        state = to;
    }

    /** A request of the client's is on its way to the routers. */
    void asked() {
        unanswered++;
    }

    /** The answer to one of them has been written. */
    void answered() {
        if (unanswered > 0) {
            unanswered--;
        }
        if (deaf && unanswered == 0) {
            hangUpAfterwards(CloseCause.SERVER_STOPPING);
        }
    }

    /**
     * Has the client leave, because the gateway stops. It is told to connect elsewhere after the delay, if its version has
     * a packet for that; whether it knows it or not, no more is taken from it some time after the delay, and the connection
     * ends once what it asked for before is answered. Does nothing where it was told before, or is not signed in.
     */
    void haveLeave(Duration delay) {
        if (state != State.SIGNED_IN || toLeave) {
            return;
        }
        toLeave = true;
        boolean knows = PacketType.RECONNECT.isOf(cipher.version());
        if (knows) {
            write(new Reconnect(Long.toString(Objects.requireNonNull(session).userId()), delay.toMillis()));
            channel.flush();
        }
        Duration patience = knows ? delay.plus(TIME_TO_LEAVE) : delay;
        Future<?> end = channel.eventLoop().schedule(this::endService, patience.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> end.cancel(false));
    }

    private void endService() {
        deaf = true;
        if (unanswered == 0) {
            hangUpAfterwards(CloseCause.SERVER_STOPPING);
            return;
        }
        Future<?> end = channel.eventLoop()
                .schedule(
                        () -> hangUpAfterwards(CloseCause.SERVER_STOPPING),
                        LONGEST_ANSWER.toMillis(),
                        TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> end.cancel(false));
    }

    /** Whether nothing that still comes from the client is of interest. */
    boolean isDeaf() {
        return deaf || state == State.CLOSED;
    }

    /** Ends the connection when the client has read what is on its way to it, or has had time to. */
    private void hangUpAfterwards(CloseCause cause) {
        if (ended(cause)) {
            last(framing.end(channel.alloc(), cause));
        }
    }

    /** Writes a packet without flushing it. */
    void write(ServerPacket packet) {
        write(packet.packetType(), PacketJson.write(packet));
    }

    /** Writes a packet's JSON without flushing it, unless it is none of the client's version. A client that reads too slowly is cut off. */
    void write(PacketType type, byte[] json) {
        if (state == State.CLOSED || !type.isOf(cipher.version())) {
            return;
        }
        ByteBuf frame = framing.packet(channel.alloc(), cipher, type, json);
        meters.frameOut(type, frame.readableBytes());
        write(frame);
    }

    /** Writes what is no packet without flushing it, unless the connection is closed, and releases it. */
    void write(ByteBuf frame) {
        if (state == State.CLOSED) {
            frame.release();
            return;
        }
        channel.write(frame, channel.voidPromise());
        if (!channel.isWritable()) {
            // Flushing helps where nothing but a missing flush filled the queue.
            channel.flush();
            if (!channel.isWritable()) {
                close(CloseCause.SLOW_READER, "too much is waiting to be read");
            }
        }
    }

    /**
     * Writes a packet's JSON like {@link #write(PacketType, byte[])}, with the signed-in user's id as {@code user_id}.
     *
     * @param json an object without that field, and with at least one other
     */
    void writeAddressed(PacketType type, byte[] json) {
        byte[] userId = ("{\"user_id\":\"" + Objects.requireNonNull(session).userId() + "\",")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] addressed = Arrays.copyOf(userId, userId.length + json.length - 1);
        System.arraycopy(json, 1, addressed, userId.length, json.length - 1);
        write(type, addressed);
    }

    /** Ends the connection: counts the cause and closes. The only way for the server to end one. */
    void close(CloseCause cause) {
        close(cause, null);
    }

    /**
     * Ends the connection like {@link #close(CloseCause)}, as soon as the client has the reason or has had time to read it.
     *
     * @param reason what the client is told before, or null where it is told nothing
     */
    void close(CloseCause cause, @Nullable String reason) {
        if (!ended(cause)) {
            return;
        }
        if (reason == null) {
            closeAtOnce(framing.end(channel.alloc(), cause));
            return;
        }
        String userId = session == null ? null : Long.toString(session.userId());
        channel.write(frameOf(new OfflineInfo(userId, reason)), channel.voidPromise());
        last(framing.end(channel.alloc(), cause));
    }

    /** What can be said without waiting is said. */
    private void closeAtOnce(ByteBuf end) {
        if (end.isReadable()) {
            channel.writeAndFlush(end, channel.voidPromise());
        }
        channel.close();
    }

    /** A WebSocket client has said that it ends the connection: is told that this was heard. */
    void closedByClient(WebSocketClose close) {
        if (ended(CloseCause.CLIENT_CLOSED)) {
            closeAtOnce(WebSocketFrameEncoder.close(channel.alloc(), answerTo(close)));
        } else {
            // The answer to what it was told.
            channel.close();
        }
    }

    /** The same code, unless it is one that must not be sent. */
    private static int answerTo(WebSocketClose close) {
        boolean mayBeSent = close.code() >= 1000 && close.code() < 5000 && (close.code() < 1004 || close.code() > 1006);
        return mayBeSent && close.code() != 1015 ? close.code() : WebSocketClose.NO_CODE;
    }

    /** Ends the connection when the client has this response, its last, or has had time to read it. */
    void closeAfter(ServerPacket response, CloseCause cause) {
        if (ended(cause)) {
            channel.write(frameOf(response), channel.voidPromise());
            last(framing.end(channel.alloc(), cause));
        }
    }

    /** The same with bytes that are no packet; releases them. */
    void closeAfter(ByteBuf response, CloseCause cause) {
        if (ended(cause)) {
            last(response);
        } else {
            response.release();
        }
    }

    private ByteBuf frameOf(ServerPacket packet) {
        ByteBuf frame = framing.packet(channel.alloc(), cipher, packet.packetType(), PacketJson.write(packet));
        meters.frameOut(packet.packetType(), frame.readableBytes());
        return frame;
    }

    private void last(ByteBuf bytes) {
        // A client that reads nothing would keep the connection, and what waits for it, for ever.
        Future<?> deadline = channel.eventLoop()
                .schedule(() -> channel.close(), limits.get().closing().toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> deadline.cancel(false));
        channel.writeAndFlush(bytes).addListener(written -> hangUp());
    }

    /**
     * Lets the client close first, up to the deadline: were the socket closed here while the client is still sending, the
     * kernel would reset the connection and the client might never see the last packet.
     */
    private void hangUp() {
        if (!(channel instanceof DuplexChannel duplex)) {
            channel.close();
            return;
        }
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            duplex.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(notified -> duplex.shutdownOutput());
        }
    }

    /** The connection is over, by whoever's will. Returns false where that was known already. */
    boolean ended(CloseCause cause) {
        if (state == State.CLOSED) {
            return false;
        }
        state = State.CLOSED;
        meters.closed(cause);
        log.debug("Connection {} of {} ended: {}", id, channel.remoteAddress(), cause);
        return true;
    }
}
