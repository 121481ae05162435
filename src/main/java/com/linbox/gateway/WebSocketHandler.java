package com.linbox.gateway;

import com.linbox.protocol.WebSocketClose;
import com.linbox.protocol.WebSocketFrameEncoder;
import com.linbox.protocol.WebSocketPing;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * What WebSocket has beside packets: answers pings, and says good-bye to a client that does. Of pings that come together the
 * last is answered, as RFC 6455 permits, so that nobody gets more than they send.
 */
final class WebSocketHandler extends ChannelInboundHandlerAdapter {

    private final Connection connection;
    private @Nullable WebSocketPing unanswered;

    WebSocketHandler(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof WebSocketPing ping) {
            unanswered = ping;
        } else if (message instanceof WebSocketClose close) {
            connection.closedByClient(close);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (unanswered != null) {
            connection.write(WebSocketFrameEncoder.pong(ctx.alloc(), unanswered));
            unanswered = null;
            ctx.flush();
        }
        ctx.fireChannelReadComplete();
    }
}
