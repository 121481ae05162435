package com.linbox.gateway;

import com.linbox.presence.Session;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last handler: sees failures and the end of the connection, and cleans up after it. */
final class ConnectionEndHandler extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(ConnectionEndHandler.class);

    private final Connection connection;
    private final Transport transport;
    private final Connections connections;
    private final SessionKeeper sessionKeeper;
    private final Backpressure backpressure;
    private final GatewayMeters meters;
    private boolean signedIn;

    ConnectionEndHandler(Connection connection, Transport transport, GatewayServices services) {
        this.connection = connection;
        this.transport = transport;
        this.connections = services.connections();
        this.sessionKeeper = services.sessionKeeper();
        this.backpressure = services.backpressure();
        this.meters = services.meters();
    }

    /** From here on the end of the connection is the end of a session. */
    void signedIn() {
        signedIn = true;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.ended(CloseCause.CLIENT_CLOSED);
        connections.remove(connection);
        backpressure.forget(connection);
        meters.gone(transport);
        Session session = connection.session();
        if (signedIn && session != null) {
            sessionKeeper.signOut(session);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof HAProxyProtocolException) {
            connection.close(CloseCause.BAD_PROXY_HEADER);
            return;
        }
        if (cause instanceof SSLException
                || cause instanceof DecoderException && cause.getCause() instanceof SSLException) {
            log.debug("Connection {} has no TLS", connection.id(), cause);
            connection.close(CloseCause.TLS_FAILED);
            return;
        }
        if (cause instanceof IOException) {
            connection.close(CloseCause.NETWORK_FAILED);
            return;
        }
        meters.failed();
        log.error("Connection {} is closed after a failure", connection.id(), cause);
        connection.close(CloseCause.SERVER_FAILED);
    }
}
