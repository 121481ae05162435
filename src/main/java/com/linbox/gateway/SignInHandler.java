package com.linbox.gateway;

import com.linbox.credential.Credentials;
import com.linbox.message.ErrorCode;
import com.linbox.message.Ids;
import com.linbox.message.RequestRejectedException;
import com.linbox.presence.Presence;
import com.linbox.presence.Session;
import com.linbox.protocol.AuthRequest;
import com.linbox.protocol.AuthResponse;
import com.linbox.protocol.ServerPacket;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a client in. The first packet must be an AuthRequest; what a hasty client sends while it is looked at waits in a
 * short queue. Once the client is in, {@link GatewayChannelInitializer#signedIn} puts a {@link RequestHandler} in the
 * place of this handler.
 */
final class SignInHandler extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(SignInHandler.class);
    private static final int MAX_WAITING = 16;
    private static final int MAX_DEVICE = 64;

    private final Connection connection;
    private final String gatewayId;
    private final Credentials credentials;
    private final Presence presence;
    private final Connections connections;
    private final SessionEnder sessionEnder;
    private final GatewayChannelInitializer pipeline;
    private final GatewayMeters meters;
    private final Clock clock;
    private final Queue<InboundPacket> waiting = new ArrayDeque<>(0);

    SignInHandler(Connection connection, GatewayServices services, GatewayChannelInitializer pipeline) {
        this.connection = connection;
        this.gatewayId = services.gatewayId();
        this.credentials = services.credentials();
        this.presence = services.presence();
        this.connections = services.connections();
        this.sessionEnder = services.sessionEnder();
        this.meters = services.meters();
        this.clock = services.clock();
        this.pipeline = pipeline;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        InboundPacket packet = (InboundPacket) message;
        switch (connection.state()) {
            case AWAITING_SIGN_IN -> first(ctx, packet);
            case SIGNING_IN -> queue(packet);
            case SIGNED_IN -> ctx.fireChannelRead(packet);
            case CLOSED -> {}
        }
    }

    private void queue(InboundPacket packet) {
        if (waiting.size() == MAX_WAITING) {
            connection.close(CloseCause.TOO_MUCH_BEFORE_SIGN_IN);
            return;
        }
        waiting.add(packet);
    }

    private void first(ChannelHandlerContext ctx, InboundPacket packet) {
        if (!(packet.request() instanceof AuthRequest request)) {
            connection.close(CloseCause.NOT_SIGNED_IN_FIRST);
            return;
        }
        Session session;
        try {
            if (packet.fault() != null) {
                throw packet.fault();
            }
            session = new Session(
                    Ids.parse("user_id", request.userId()),
                    gatewayId,
                    connection.id(),
                    device(request),
                    clock.millis());
        } catch (RequestRejectedException e) {
            meters.signIn(GatewayMeters.SignIn.MALFORMED);
            connection.closeAfter(request.failure(e.code(), e.detail()), CloseCause.SIGN_IN_REFUSED);
            return;
        }
        connection.signingIn(session);
        // Known from here on, so that a newer sign-in that comes meanwhile finds this one and ends it.
        connections.add(connection);
        String token = request.token() == null ? "" : request.token();
        credentials
                .admits(session.userId(), token, session.device())
                .thenCompose(admitted -> admitted ? presence.signIn(session).thenApply(Admission::of) : refused())
                .whenComplete((admission, failure) ->
                        ctx.executor().execute(() -> conclude(ctx, request, session, admission, failure)));
    }

    private static String device(AuthRequest request) throws RequestRejectedException {
        String device = request.device() == null ? "" : request.device();
        if (device.length() > MAX_DEVICE) {
            throw new RequestRejectedException(
                    ErrorCode.INVALID_VALUE,
                    "device: " + device.length() + " characters (expected: at most " + MAX_DEVICE + ")");
        }
        return device;
    }

    private void conclude(
            ChannelHandlerContext ctx,
            AuthRequest request,
            Session session,
            @Nullable Admission admission,
            @Nullable Throwable failure) {
        if (admission == null) {
            meters.signIn(GatewayMeters.SignIn.UNAVAILABLE);
            log.debug("Sign-in of user {} failed", session.userId(), failure);
            // It may have been registered all the same, its answer lost.
            sessionEnder.signOut(session);
            ErrorCode code = ErrorCode.UNAVAILABLE;
            connection.closeAfter(answer(request, code, code.text()), CloseCause.SIGN_IN_REFUSED);
            return;
        }
        if (!admission.admitted()) {
            meters.signIn(GatewayMeters.SignIn.REFUSED);
            ErrorCode code = ErrorCode.NOT_CERTIFIED;
            connection.closeAfter(answer(request, code, code.text()), CloseCause.SIGN_IN_REFUSED);
            return;
        }
        sessionEnder.takenOver(admission.lost());
        if (connection.state() == Connection.State.CLOSED) {
            sessionEnder.signOut(session);
            return;
        }
        meters.signIn(GatewayMeters.SignIn.ACCEPTED);
        connection.signedIn();
        connection.write(new AuthResponse(request.rId(), request.userId(), ServerPacket.OK, null, clock.millis()));
        connection.channel().flush();
        pipeline.signedIn(ctx, connection);
        for (InboundPacket packet : waiting) {
            ctx.fireChannelRead(packet);
        }
        ctx.fireChannelReadComplete();
        ctx.pipeline().remove(this);
    }

    private ServerPacket answer(AuthRequest request, ErrorCode code, String text) {
        return new AuthResponse(request.rId(), request.userId(), code.status(), text, clock.millis());
    }

    private static CompletionStage<Admission> refused() {
        return CompletableFuture.completedStage(new Admission(false, List.of()));
    }

    private record Admission(boolean admitted, List<Session> lost) {

        static Admission of(List<Session> lost) {
            return new Admission(true, lost);
        }
    }
}
