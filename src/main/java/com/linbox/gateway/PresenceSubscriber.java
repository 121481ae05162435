package com.linbox.gateway;

import com.linbox.message.ErrorCode;
import com.linbox.message.Ids;
import com.linbox.message.RequestRejectedException;
import com.linbox.protocol.PresenceSubscribeRequest;
import io.netty.util.concurrent.Ticker;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Checks of whom a connection wants to know whether they are online, and hands it on to {@link PresenceWatch}. Belongs to the
 * connection's event loop.
 */
final class PresenceSubscriber {

    /** A client may change its whole list so many times at once. */
    private static final int LISTS_AT_ONCE = 4;

    private final Connection connection;
    private final PresenceWatch watch;
    private final Supplier<LimitSettings> limits;
    private final Ticker ticker;
    private final TokenBucket users;
    private boolean subscribed;

    PresenceSubscriber(Connection connection, GatewayServices services) {
        this.connection = connection;
        this.watch = services.presenceWatch();
        this.limits = services.limits();
        this.ticker = connection.channel().eventLoop().ticker();
        this.users = new TokenBucket(ticker.nanoTime());
    }

    /** @throws RequestRejectedException and then the list before stays in effect */
    void subscribe(PresenceSubscribeRequest request) throws RequestRejectedException {
        List<String> asked = request.users() == null ? List.of() : request.users();
        LimitSettings now = limits.get();
        int most = now.presenceSubscriptions();
        if (asked.size() > most) {
            throw new RequestRejectedException(
                    ErrorCode.INVALID_VALUE, "users: " + asked.size() + " (expected: at most " + most + ")");
        }
        long[] ids = ids(asked);
        // One request may make Redis look for hundreds of users: they count, not the requests.
        if (now.requestRate() > 0
                && ids.length > 0
                && !users.tryTake(ticker.nanoTime(), most, LISTS_AT_ONCE * most, ids.length)) {
            throw new RequestRejectedException(ErrorCode.TOO_FAST, ErrorCode.TOO_FAST.text());
        }
        if (!watch.subscribe(new PresenceWatch.Subscription(connection.id(), request, ids))) {
            throw new RequestRejectedException(ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE.text());
        }
        if (!subscribed) {
            subscribed = true;
            connection.channel().closeFuture().addListener(closed -> watch.forget(connection.id()));
        }
    }

    private static long[] ids(List<String> texts) throws RequestRejectedException {
        long[] ids = new long[texts.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Ids.parse("users", texts.get(i));
        }
        return Arrays.stream(ids).distinct().toArray();
    }
}
