package com.linbox.gateway;

import com.linbox.outbox.Delivery;
import com.linbox.presence.Session;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.SystemMessage;
import com.linbox.systemmessage.StoredSystemMessage;
import com.linbox.systemmessage.SystemMessageSettings;
import com.linbox.systemmessage.SystemMessages;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the user's stored system messages to a connection, each once and in their order: after sign-in those that come
 * after the device's position, and from then on, told by {@link Delivery.SystemMessagesStored}, those that come after the
 * last one written. Always one part at a time: the next one is fetched when the client has taken the one before. Moves the
 * device's position up when the client is heard. Joins the pipeline at sign-in.
 */
final class SystemMessageHandler extends ChannelInboundHandlerAdapter {

    /** Messages fetched at a time. */
    static final int PART = 100;

    private static final Logger log = LoggerFactory.getLogger(SystemMessageHandler.class);

    /** What a frame has beside its JSON, at most: header and padding. */
    private static final int FRAME = 8 + 16;

    private static final long RETRY_MILLIS = 1_000;

    private final Connection connection;
    private final Session session;
    private final SystemMessages messages;
    private final Supplier<SystemMessageSettings> settings;
    private final GatewayMeters meters;
    private final Receipt receipt = new Receipt();

    /** Up to where the client has been written to; before the first part is there, null: from the device's position on. */
    private @Nullable Long written;

    /** Whether a part is on its way, to here or to the client. */
    private boolean busy;

    /** Whether there may be messages after those on their way. */
    private boolean more;

    private long confirmed;
    private boolean confirming;

    SystemMessageHandler(Connection connection, Session session, GatewayServices services) {
        this.connection = connection;
        this.session = session;
        this.messages = services.systemMessages();
        this.settings = services.systemMessageSettings();
        this.meters = services.meters();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        stored(ctx);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Delivery.SystemMessagesStored) {
            stored(ctx);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void stored(ChannelHandlerContext ctx) {
        more = true;
        if (!busy) {
            next(ctx);
        }
    }

    private void next(ChannelHandlerContext ctx) {
        busy = more && connection.state() == Connection.State.SIGNED_IN;
        if (busy) {
            more = false;
            fetch().whenComplete((part, failure) -> ctx.executor().execute(() -> fetched(ctx, part, failure)));
        }
    }

    private CompletionStage<Part> fetch() {
        return written == null
                ? messages.position(session.userId(), session.device()).thenCompose(this::fetchAfter)
                : fetchAfter(written);
    }

    private CompletionStage<Part> fetchAfter(long msgId) {
        return messages.after(session.userId(), msgId, PART).thenApply(found -> new Part(msgId, found));
    }

    private void fetched(ChannelHandlerContext ctx, @Nullable Part part, @Nullable Throwable failure) {
        if (part == null) {
            meters.failed();
            log.debug("System messages of user {} could not be fetched, trying on", session.userId(), failure);
            more = true;
            long delay = RETRY_MILLIS + ThreadLocalRandom.current().nextLong(RETRY_MILLIS);
            Future<?> retry = ctx.executor().schedule(() -> next(ctx), delay, TimeUnit.MILLISECONDS);
            ctx.channel().closeFuture().addListener(closed -> retry.cancel(false));
            return;
        }
        written = part.after();
        if (part.messages().isEmpty()) {
            next(ctx);
        } else {
            long last = write(ctx, part);
            // Behind everything that was written: when it is through, all of that is.
            ctx.channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(taken -> {
                if (taken.isSuccess() && last > part.after()) {
                    receipt.written(last, now(ctx));
                }
                next(ctx);
            });
        }
    }

    /** Writes as much as leaves half of the client's queue for everything else; gives the last message's id. */
    private long write(ChannelHandlerContext ctx, Part part) {
        int limit = ctx.channel().config().getWriteBufferHighWaterMark();
        long queued = Math.max(0, limit - ctx.channel().bytesBeforeUnwritable());
        long room = limit / 2 - queued;
        long last = part.after();
        boolean any = queued > 0;
        more |= part.messages().size() == PART;
        for (StoredSystemMessage message : part.messages()) {
            byte[] json = PacketJson.write(packet(message));
            room -= json.length + FRAME;
            if (room < 0 && any || connection.state() != Connection.State.SIGNED_IN) {
                more = true;
                break;
            }
            connection.write(PacketType.SYSTEM_MESSAGE, json);
            any = true;
            last = message.msgId();
        }
        written = last;
        return last;
    }

    private static SystemMessage packet(StoredSystemMessage message) {
        return new SystemMessage(message.type(), message.content(), message.msgId(), message.sendTime());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        long had = receipt.heard(now(ctx), settings.get().confirmAfter().toNanos());
        if (had > confirmed && !confirming) {
            confirm(ctx, had);
        }
        ctx.fireChannelRead(message);
    }

    private void confirm(ChannelHandlerContext ctx, long msgId) {
        confirming = true;
        messages.confirm(session.userId(), session.device(), msgId)
                .whenComplete((done, failure) -> ctx.executor().execute(() -> {
                    confirming = false;
                    if (failure == null) {
                        confirmed = msgId;
                    } else {
                        // The next frame tries again.
                        meters.failed();
                        log.debug("A position of user {} could not be moved", session.userId(), failure);
                    }
                }));
    }

    private static long now(ChannelHandlerContext ctx) {
        return ctx.channel().eventLoop().ticker().nanoTime();
    }

    /** Messages that come after one. */
    private record Part(long after, List<StoredSystemMessage> messages) {}
}
