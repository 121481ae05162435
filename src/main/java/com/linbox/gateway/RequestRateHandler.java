package com.linbox.gateway;

import com.linbox.message.ErrorCode;
import com.linbox.presence.Session;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Ticker;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets through as many requests as the limits allow the connection and its user, and answers the others with 429. Closes
 * the connection of a client that does not mind. Joins the pipeline at sign-in.
 */
final class RequestRateHandler extends ChannelInboundHandlerAdapter {

    static final String TOO_MANY = "too many requests, and more after having been told";

    private final Connection connection;
    private final Session session;
    private final Supplier<LimitSettings> limits;
    private final UserBuckets users;
    private final GatewayMeters meters;
    private final Ticker ticker;
    private final TokenBucket ofConnection;
    private final TokenBucket refusals;
    private @Nullable TokenBucket ofUser;

    RequestRateHandler(Connection connection, Session session, GatewayServices services) {
        this.connection = connection;
        this.session = session;
        this.limits = services.limits();
        this.users = services.userBuckets();
        this.meters = services.meters();
        this.ticker = connection.channel().eventLoop().ticker();
        this.ofConnection = new TokenBucket(ticker.nanoTime());
        this.refusals = new TokenBucket(ticker.nanoTime());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ofUser = users.acquire(session.userId(), ticker.nanoTime());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        users.release(session.userId(), ctx.executor());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        InboundPacket packet = (InboundPacket) message;
        LimitSettings now = limits.get();
        if (now.requestRate() == 0 || isWithin(now)) {
            ctx.fireChannelRead(packet);
        } else if (refusals.tryTake(ticker.nanoTime(), now.requestRate(), now.maxRefused())) {
            meters.rejected(ErrorCode.TOO_FAST);
            connection.write(packet.request().failure(ErrorCode.TOO_FAST, ErrorCode.TOO_FAST.text()));
        } else {
            connection.close(CloseCause.TOO_MANY_REQUESTS, TOO_MANY);
        }
    }

    private boolean isWithin(LimitSettings now) {
        long time = ticker.nanoTime();
        return ofConnection.tryTake(time, now.requestRate(), now.requestBurst())
                && (ofUser == null || ofUser.tryTake(time, now.requestRate(), now.requestBurst()));
    }
}
