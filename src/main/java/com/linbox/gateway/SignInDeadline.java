package com.linbox.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection that has not asked to be signed in in time, whatever else it sends meanwhile. Who has asked waits for this
 * gateway and not the other way round: where all come back at once, cutting those off whose turn has not come would have them ask
 * again, and the gateway do everything twice. Leaves the pipeline at sign-in.
 */
final class SignInDeadline extends ChannelInboundHandlerAdapter {

    /** Any time: its end is not looked at before the event loop has read once more from all that there is to be read. */
    private static final long ONE_MORE_ROUND_MILLIS = 10;

    private final Connection connection;
    private final Duration timeout;
    private @Nullable Future<?> deadline;

    SignInDeadline(Connection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> timeIsUp(ctx), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void timeIsUp(ChannelHandlerContext ctx) {
        if (hasNotAsked()) {
            // The request may be there and unread, this gateway having been too busy or having stood still.
            deadline = ctx.executor().schedule(this::end, ONE_MORE_ROUND_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void end() {
        if (hasNotAsked()) {
            connection.close(CloseCause.SIGN_IN_TOO_SLOW);
        }
    }

    private boolean hasNotAsked() {
        return connection.state() == Connection.State.AWAITING_SIGN_IN;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
