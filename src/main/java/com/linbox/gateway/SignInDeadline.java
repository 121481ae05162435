package com.linbox.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes a connection that has not signed in in time, whatever it sends meanwhile. Leaves the pipeline at sign-in. */
final class SignInDeadline extends ChannelInboundHandlerAdapter {

    private final Connection connection;
    private final Duration timeout;
    private @Nullable Future<?> deadline;

    SignInDeadline(Connection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor()
                .schedule(
                        () -> connection.close(CloseCause.SIGN_IN_TOO_SLOW), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
