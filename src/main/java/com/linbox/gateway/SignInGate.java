package com.linbox.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Holds back what a hasty client sends while its sign-in is looked at: frames as they came, since only then is it known
 * which key they were made with. Leaves the pipeline at sign-in and lets them go on, in their order; whatever else ends the
 * connection releases them.
 */
final class SignInGate extends ChannelInboundHandlerAdapter {

    static final int MAX_WAITING = 16;

    private final Connection connection;
    private final Queue<Object> waiting = new ArrayDeque<>(0);

    SignInGate(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (connection.state() != Connection.State.SIGNING_IN) {
            ctx.fireChannelRead(message);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(message);
        } else {
            ReferenceCountUtil.release(message);
            connection.close(CloseCause.TOO_MUCH_BEFORE_SIGN_IN);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        boolean signedIn = connection.state() == Connection.State.SIGNED_IN;
        boolean any = !waiting.isEmpty();
        for (Object message = waiting.poll(); message != null; message = waiting.poll()) {
            if (signedIn) {
                ctx.fireChannelRead(message);
            } else {
                ReferenceCountUtil.release(message);
            }
        }
        if (signedIn && any) {
            ctx.fireChannelReadComplete();
        }
    }
}
