package com.linbox.gateway;

import com.linbox.credential.ContentKeys;
import com.linbox.credential.Credentials;
import com.linbox.message.ErrorCode;
import com.linbox.message.Ids;
import com.linbox.message.RequestRejectedException;
import com.linbox.presence.Session;
import com.linbox.protocol.AesContentCipher;
import com.linbox.protocol.AuthRequest;
import com.linbox.protocol.AuthResponse;
import com.linbox.protocol.ContentCipher;
import com.linbox.protocol.ServerPacket;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a client in. The first packet must be an AuthRequest; what a hasty client sends while it is looked at is held back by
 * {@link SignInGate}. Once the client is in, {@link GatewayChannelInitializer#signedIn} puts a {@link RequestHandler} in the
 * place of this handler.
 *
 * <p>Who is refused is told one and the same, whatever the reason: nothing tells a user that does not exist from a token
 * that is wrong, has expired or was revoked.
 */
final class SignInHandler extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(SignInHandler.class);
    private static final int MAX_DEVICE = 64;

    private final Connection connection;
    private final String gatewayId;
    private final Credentials credentials;
    private final ContentKeys contentKeys;
    private final ContentCipher sharedCipher;
    private final SignInThrottle throttle;
    private final Connections connections;
    private final SessionKeeper sessionKeeper;
    private final Drain drain;
    private final GatewayChannelInitializer pipeline;
    private final GatewayMeters meters;
    private final Clock clock;

    SignInHandler(Connection connection, GatewayServices services, GatewayChannelInitializer pipeline) {
        this.connection = connection;
        this.gatewayId = services.gatewayId();
        this.credentials = services.credentials();
        this.contentKeys = services.contentKeys();
        this.sharedCipher = services.cipher();
        this.throttle = services.throttle();
        this.connections = services.connections();
        this.sessionKeeper = services.sessionKeeper();
        this.drain = services.drain();
        this.meters = services.meters();
        this.clock = services.clock();
        this.pipeline = pipeline;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        // Whatever comes while the first one is looked at, or after the end, does not get here.
        if (connection.state() == Connection.State.AWAITING_SIGN_IN) {
            first(ctx, (InboundPacket) message);
        }
    }

    private void first(ChannelHandlerContext ctx, InboundPacket packet) {
        if (drain.isOn()) {
            connection.close(CloseCause.SERVER_STOPPING);
            return;
        }
        if (!(packet.request() instanceof AuthRequest request)) {
            connection.close(CloseCause.NOT_SIGNED_IN_FIRST);
            return;
        }
        Session session;
        try {
            if (packet.fault() != null) {
                throw packet.fault();
            }
            session = session(request);
        } catch (RequestRejectedException e) {
            meters.signIn(GatewayMeters.SignIn.MALFORMED);
            connection.closeAfter(request.failure(e.code(), e.detail()), CloseCause.SIGN_IN_REFUSED);
            return;
        }
        connection.signingIn(session);
        long delay = throttle.delayMillis(connection.clientAddress());
        if (delay == 0) {
            // Not before all that is there is read: whoever has closed the connection meanwhile, while this gateway
            // stood still, is signed in elsewhere by now and must not lose that place.
            ctx.executor().execute(() -> lookAt(ctx, request, session));
        } else {
            meters.signInDelayed();
            Future<?> due = ctx.executor().schedule(() -> lookAt(ctx, request, session), delay, TimeUnit.MILLISECONDS);
            // Whoever does not wait is not remembered either.
            ctx.channel().closeFuture().addListener(closed -> due.cancel(false));
        }
    }

    private void lookAt(ChannelHandlerContext ctx, AuthRequest request, Session session) {
        // The channel knows of its end before its handlers are told.
        if (connection.state() != Connection.State.SIGNING_IN || !ctx.channel().isActive()) {
            return;
        }
        // Known from here on, so that a newer sign-in that comes meanwhile finds this one and ends it.
        connections.add(connection);
        String token = request.token() == null ? "" : request.token();
        credentials
                .admits(session.userId(), token, session.device())
                .thenCompose(admitted -> admitted ? cipherOf(session) : refused(GatewayMeters.SignIn.REFUSED))
                .thenCompose(admission -> admission.cipher() == null
                        ? CompletableFuture.completedStage(admission)
                        : sessionKeeper.signIn(session).thenApply(admission::inPlaceOf))
                .whenComplete((admission, failure) ->
                        ctx.executor().execute(() -> conclude(ctx, request, session, admission, failure)));
    }

    /**
     * What the session will be encrypted with. Where keys are dynamic, they take the place of the pass phrase that all share,
     * and who has none cannot come in.
     */
    private CompletionStage<Admission> cipherOf(Session session) {
        if (!contentKeys.areDynamic() || connection.cipher() != sharedCipher) {
            return CompletableFuture.completedStage(Admission.with(connection.cipher()));
        }
        return contentKeys
                .current(session.userId())
                .thenCompose(key -> key == null
                        ? refused(GatewayMeters.SignIn.WITHOUT_KEY)
                        : CompletableFuture.completedStage(Admission.with(AesContentCipher.ofBase64(key.base64()))));
    }

    private Session session(AuthRequest request) throws RequestRejectedException {
        Session session = new Session(
                Ids.parse("user_id", request.userId()),
                gatewayId,
                connection.id(),
                device(request),
                clock.millis(),
                connection.cipher().version().number());
        if (request.clientId() == null || request.attempt() == null) {
            return session;
        }
        return session.by(positive("client_id", request.clientId()), positive("attempt", request.attempt()));
    }

    private static long positive(String field, long value) throws RequestRejectedException {
        if (value < 1) {
            throw new RequestRejectedException(ErrorCode.INVALID_VALUE, field + ": " + value + " (expected: >= 1)");
        }
        return value;
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
            sessionKeeper.signOut(session);
            ErrorCode code = ErrorCode.UNAVAILABLE;
            connection.closeAfter(answer(request, code, code.text()), CloseCause.SIGN_IN_REFUSED);
            return;
        }
        if (admission.cipher() == null) {
            meters.signIn(admission.outcome());
            throttle.refused(connection.clientAddress());
            ErrorCode code = ErrorCode.NOT_CERTIFIED;
            connection.closeAfter(answer(request, code, code.text()), CloseCause.SIGN_IN_REFUSED);
            return;
        }
        if (admission.lost().stream().anyMatch(session::isOfConnectionOf)) {
            // Most often there is nobody any more to read this: the later one is the same client's.
            meters.signIn(GatewayMeters.SignIn.OVERTAKEN);
            connection.closeAfter(
                    answer(request, ErrorCode.UNAVAILABLE, SessionKeeper.TAKEN_OVER), CloseCause.SIGN_IN_REFUSED);
            return;
        }
        sessionKeeper.takenOver(admission.lost());
        if (connection.state() == Connection.State.CLOSED) {
            sessionKeeper.signOut(session);
            return;
        }
        meters.signIn(admission.outcome());
        connection.signedIn(admission.cipher());
        connection.write(new AuthResponse(request.rId(), request.userId(), ServerPacket.OK, null, clock.millis()));
        connection.channel().flush();
        pipeline.signedIn(ctx, connection);
        drain.haveLeave(connection);
    }

    private ServerPacket answer(AuthRequest request, ErrorCode code, String text) {
        return new AuthResponse(request.rId(), request.userId(), code.status(), text, clock.millis());
    }

    private static CompletionStage<Admission> refused(GatewayMeters.SignIn outcome) {
        return CompletableFuture.completedStage(new Admission(outcome, null, List.of()));
    }

    /**
     * What became of a sign-in that could be looked at.
     *
     * @param cipher what the session is encrypted with, null where the user is refused
     * @param lost the sessions that lost their place to this one
     */
    private record Admission(
            GatewayMeters.SignIn outcome, @Nullable ContentCipher cipher, List<Session> lost) {

        static Admission with(ContentCipher cipher) {
            return new Admission(GatewayMeters.SignIn.ACCEPTED, cipher, List.of());
        }

        Admission inPlaceOf(List<Session> losers) {
            return new Admission(outcome, cipher, losers);
        }
    }
}
