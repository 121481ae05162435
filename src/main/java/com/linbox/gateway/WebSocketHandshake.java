package com.linbox.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beginning of a connection by WebSocket (RFC 6455, section 4.2): takes one request of HTTP and answers it with the change
 * of protocols, or with what is wrong with it and the end of the connection. Leaves the pipeline with the decoder of HTTP
 * before it.
 */
final class WebSocketHandshake extends ChannelInboundHandlerAdapter {

    /** Where WebSocket is, whatever query comes behind it. */
    static final String PATH = "/ws";

    /** Browsers send the host's cookies, which may be many. */
    static final int LONGEST_HEADERS = 16 * 1024;

    private static final int LONGEST_LINE = 4 * 1024;
    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;
    private static final byte[] GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11".getBytes(StandardCharsets.US_ASCII);
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private static final Logger log = LoggerFactory.getLogger(WebSocketHandshake.class);

    /** Why a handshake was refused. The lower-case name is the value of the {@code cause} tag in metrics. */
    enum Refusal {
        TOO_LONG("431 Request Header Fields Too Large"),
        MALFORMED("400 Bad Request"),
        NOT_FOUND("404 Not Found"),
        NOT_WEB_SOCKET("426 Upgrade Required"),
        /** The page is not one whose scripts may connect. */
        FOREIGN_ORIGIN("403 Forbidden"),
        /** Everybody on the network could read along. */
        WITHOUT_TLS("403 Forbidden");

        private final String status;

        Refusal(String status) {
            this.status = status;
        }
    }

    private final Connection connection;
    private final DoorHandler door;
    private final boolean behindProxy;
    private final Origins origins;
    private final GatewayChannelInitializer pipeline;
    private final GatewayMeters meters;
    private @Nullable HttpRequest request;

    /** @param behindProxy whether a reverse proxy has ended TLS, whose word is to be taken for who the client is */
    WebSocketHandshake(
            Connection connection,
            DoorHandler door,
            boolean behindProxy,
            Origins origins,
            GatewayChannelInitializer pipeline,
            GatewayMeters meters) {
        this.connection = connection;
        this.door = door;
        this.behindProxy = behindProxy;
        this.origins = origins;
        this.pipeline = pipeline;
        this.meters = meters;
    }

    /** What stands before it. */
    static HttpRequestDecoder decoder() {
        return new HttpRequestDecoder(
                new HttpDecoderConfig().setMaxInitialLineLength(LONGEST_LINE).setMaxHeaderSize(LONGEST_HEADERS));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (connection.state() == Connection.State.CLOSED) {
                return;
            }
            if (message instanceof HttpRequest began) {
                request = began;
                // What there is of a wrong one is not waited for the end of.
                Refusal refusal = refusal(began);
                if (refusal != null) {
                    refuse(ctx, began, refusal);
                }
            } else if (message instanceof LastHttpContent && request != null) {
                accept(ctx, request);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private @Nullable Refusal refusal(HttpRequest asked) {
        DecoderResult result = asked.decoderResult();
        if (result.isFailure()) {
            return result.cause() instanceof TooLongHttpHeaderException
                            || result.cause() instanceof TooLongHttpLineException
                    ? Refusal.TOO_LONG
                    : Refusal.MALFORMED;
        }
        HttpHeaders headers = asked.headers();
        if (!isAtPath(asked.uri())) {
            return Refusal.NOT_FOUND;
        }
        if (!asked.method().equals(HttpMethod.GET)
                || !headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                || !VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            return Refusal.NOT_WEB_SOCKET;
        }
        if (!asked.protocolVersion().equals(HttpVersion.HTTP_1_1)
                || HttpUtil.isTransferEncodingChunked(asked)
                || HttpUtil.getContentLength(asked, 0L) != 0
                || headers.getAll(HttpHeaderNames.HOST).size() != 1
                || !isKey(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY))) {
            return Refusal.MALFORMED;
        }
        if (behindProxy) {
            door.comesFrom(forwardedFor(headers));
        }
        if (!connection.isPrivate() && !behindProxy) {
            return Refusal.WITHOUT_TLS;
        }
        return isOfKnownOrigin(headers) ? null : Refusal.FOREIGN_ORIGIN;
    }

    private static boolean isAtPath(String uri) {
        return uri.equals(PATH) || uri.startsWith(PATH + "?");
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isOfKnownOrigin(HttpHeaders headers) {
        List<String> origin = headers.getAll(HttpHeaderNames.ORIGIN);
        if (origin.isEmpty()) {
            return true;
        }
        return origin.size() == 1
                && origins.admit(
                        origin.get(0), headers.get(HttpHeaderNames.HOST), connection.isOnLoopback() && !behindProxy);
    }

    /** Those before the last are the client's word. Null where the proxy says nothing of use. */
    private static @Nullable InetAddress forwardedFor(HttpHeaders headers) {
        List<String> all = headers.getAll(FORWARDED_FOR);
        String last = all.isEmpty() ? "" : all.get(all.size() - 1);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(
                last.substring(last.lastIndexOf(',') + 1).strip());
        try {
            return address == null ? null : InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private void refuse(ChannelHandlerContext ctx, HttpRequest asked, Refusal refusal) {
        meters.handshakeRefused(refusal);
        log.debug(
                "Handshake of connection {} of {} refused: {}{}",
                connection.id(),
                ctx.channel().remoteAddress(),
                refusal,
                refusal == Refusal.FOREIGN_ORIGIN ? ", " + asked.headers().get(HttpHeaderNames.ORIGIN) : "");
        String text = refusal.status + "\n";
        String response = "HTTP/1.1 " + refusal.status + "\r\n"
                + (refusal == Refusal.NOT_WEB_SOCKET
                        ? "upgrade: websocket\r\nsec-websocket-version: " + VERSION + "\r\n"
                        : "")
                + "connection: " + (refusal == Refusal.NOT_WEB_SOCKET ? "upgrade, close" : "close") + "\r\n"
                + "content-type: text/plain\r\ncontent-length: " + text.length() + "\r\n\r\n" + text;
        connection.closeAfter(
                ctx.alloc().buffer(response.length()).writeBytes(response.getBytes(StandardCharsets.US_ASCII)),
                CloseCause.HANDSHAKE_REFUSED);
    }

    private void accept(ChannelHandlerContext ctx, HttpRequest asked) {
        boolean deflate = PerMessageDeflate.isWanted(asked.headers());
        String response = "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                + "sec-websocket-accept: " + acceptance(asked.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY)) + "\r\n"
                + (deflate ? "sec-websocket-extensions: " + PerMessageDeflate.ANSWER + "\r\n" : "")
                + "\r\n";
        ctx.writeAndFlush(
                ctx.alloc().buffer(response.length()).writeBytes(response.getBytes(StandardCharsets.US_ASCII)),
                ctx.voidPromise());
        connection.upgraded(deflate ? Framing.WEB_SOCKET_DEFLATED : Framing.WEB_SOCKET);
        pipeline.upgraded(ctx, connection, deflate);
    }

    private static String acceptance(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(key.strip().getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(sha1.digest(GUID));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
