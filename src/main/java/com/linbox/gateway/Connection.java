package com.linbox.gateway;

import com.linbox.presence.Session;
import com.linbox.protocol.ContentCipher;
import com.linbox.protocol.FrameEncoder;
import com.linbox.protocol.OfflineInfo;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.ServerPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection: its state, its way out, and its one exit. All methods belong to the channel's event loop. */
final class Connection {

    /** Where a connection stands; it only ever moves on. */
    enum State {
        AWAITING_SIGN_IN,
        SIGNING_IN,
        SIGNED_IN,
        CLOSED
    }

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private final Channel channel;
    private final long id;
    private final @Nullable InetAddress clientAddress;
    private ContentCipher cipher;
    private final GatewayMeters meters;
    private State state = State.AWAITING_SIGN_IN;
    private @Nullable Session session;

    /** @param cipher of the key that all clients share, for as long as the client is not known */
    Connection(Channel channel, long id, ContentCipher cipher, GatewayMeters meters) {
        this.channel = channel;
        this.id = id;
        this.clientAddress = channel.remoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : null;
        this.cipher = cipher;
        this.meters = meters;
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

    /** Writes a packet without flushing it. */
    void write(ServerPacket packet) {
        write(packet.packetType(), PacketJson.write(packet));
    }

    /** Writes a packet's JSON without flushing it. A client that reads too slowly is cut off. */
    void write(PacketType type, byte[] json) {
        if (state == State.CLOSED) {
            return;
        }
        ByteBuf frame = FrameEncoder.encode(channel.alloc(), cipher, type, json);
        meters.frameOut(type);
        channel.write(frame, channel.voidPromise());
        if (!channel.isWritable()) {
            // Flushing helps where nothing but a missing flush filled the queue.
            channel.flush();
            if (!channel.isWritable()) {
                close(CloseCause.SLOW_READER);
            }
        }
    }

    /** Ends the connection: counts the cause and closes. The only way for the server to end one. */
    void close(CloseCause cause) {
        close(cause, null);
    }

    /**
     * Ends the connection like {@link #close(CloseCause)}.
     *
     * @param reason what the client is told before, or null where it is told nothing
     */
    void close(CloseCause cause, @Nullable String reason) {
        if (!ended(cause)) {
            return;
        }
        if (reason == null) {
            channel.close();
            return;
        }
        String userId = session == null ? null : Long.toString(session.userId());
        byte[] json = PacketJson.write(new OfflineInfo(userId, reason));
        meters.frameOut(PacketType.OFFLINE_INFO);
        channel.writeAndFlush(FrameEncoder.encode(channel.alloc(), cipher, PacketType.OFFLINE_INFO, json))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** Ends the connection when this response, its last, is on its way. */
    void closeAfter(ServerPacket response, CloseCause cause) {
        if (ended(cause)) {
            meters.frameOut(response.packetType());
            channel.writeAndFlush(FrameEncoder.encode(
                            channel.alloc(), cipher, response.packetType(), PacketJson.write(response)))
                    .addListener(ChannelFutureListener.CLOSE);
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
