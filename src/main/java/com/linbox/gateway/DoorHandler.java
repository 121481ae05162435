package com.linbox.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Counts a connection in and out, and closes one that is over the limits before it costs anything. Behind a load balancer
 * that speaks the PROXY protocol it learns from its header who the client is, behind a reverse proxy from the handshake.
 */
final class DoorHandler extends ChannelInboundHandlerAdapter {

    private final Connection connection;
    private final OpenConnections open;
    private final boolean proxied;
    private boolean entered;
    private @Nullable InetAddress address;

    /** @param proxied whether somebody stands in between, who says first who the client is */
    DoorHandler(Connection connection, OpenConnections open, boolean proxied) {
        this.connection = connection;
        this.open = open;
        this.proxied = proxied;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        entered = true;
        if (!open.entered()) {
            connection.close(CloseCause.TOO_MANY_CONNECTIONS);
            return;
        }
        if (!proxied) {
            addressKnown();
        }
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        connection.heard();
        if (message instanceof HAProxyMessage header) {
            try {
                comesFrom(sourceOf(header));
            } finally {
                header.release();
            }
        } else {
            ctx.fireChannelRead(message);
        }
    }

    /** Null where the load balancer speaks for itself, to see whether the gateway is there. */
    private static @Nullable InetAddress sourceOf(HAProxyMessage header) {
        byte[] bytes = header.sourceAddress() == null
                ? null
                : NetUtil.createByteArrayFromIpAddressString(header.sourceAddress());
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Somebody in between has said on whose behalf they connect; null where on their own. */
    void comesFrom(@Nullable InetAddress client) {
        connection.comesFrom(client);
        addressKnown();
    }

    private void addressKnown() {
        if (address != null) {
            open.left(address);
        }
        address = connection.clientAddress();
        if (address != null && !open.entered(address)) {
            connection.close(CloseCause.TOO_MANY_FROM_ADDRESS);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (address != null) {
            open.left(address);
            address = null;
        }
        if (entered) {
            open.left();
            entered = false;
        }
        ctx.fireChannelInactive();
    }
}
