package com.linbox.rpc;

import com.linbox.credential.ContentKey;
import com.linbox.credential.ContentKeys;
import com.linbox.credential.Credential;
import com.linbox.credential.CredentialIssuer;
import com.linbox.message.ErrorCode;
import com.linbox.rpc.api.CredentialService;
import com.linbox.rpc.api.DisconnectRequest;
import com.linbox.rpc.api.GatewayService;
import com.linbox.rpc.api.IssueRequest;
import com.linbox.rpc.api.IssuedCredential;
import com.linbox.rpc.api.PresenceService;
import com.linbox.rpc.api.Revocation;
import com.linbox.rpc.api.RevokeAllRequest;
import com.linbox.rpc.api.RevokeRequest;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands out and takes back what users sign in with. */
final class CredentialCalls implements CredentialService {

    private static final long LONGEST_SECONDS = 10L * 365 * 24 * 60 * 60;

    private final CredentialIssuer issuer;
    private final ContentKeys contentKeys;
    private final GatewayService gateways;
    private final PresenceService presence;
    private final RpcSettings settings;

    CredentialCalls(
            CredentialIssuer issuer,
            ContentKeys contentKeys,
            GatewayService gateways,
            PresenceService presence,
            RpcSettings settings) {
        this.issuer = issuer;
        this.contentKeys = contentKeys;
        this.gateways = gateways;
        this.presence = presence;
        this.settings = settings;
    }

    @Override
    public IssuedCredential issue(IssueRequest request) {
        Arguments.required("request", request);
        long userId = Arguments.id("userId", request.userId());
        String device = Arguments.atMost("device", request.device(), Arguments.MAX_DEVICE);
        long seconds = Arguments.within(
                "lifetimeSeconds",
                Arguments.required("lifetimeSeconds", request.lifetimeSeconds()),
                1,
                LONGEST_SECONDS);
        ContentKey key = contentKeys.areDynamic() ? await(() -> contentKeys.obtain(userId)) : null;
        Credential credential = await(() -> issuer.issue(userId, device, Duration.ofSeconds(seconds)));
        return issued(credential, key);
    }

    private IssuedCredential issued(Credential credential, @Nullable ContentKey key) {
        return new IssuedCredential(
                Long.toString(credential.userId()),
                credential.device(),
                credential.token(),
                credential.expiresAt().toEpochMilli(),
                key == null ? null : key.base64(),
                key == null ? null : key.expiresAt().toEpochMilli(),
                gateways.gateways().gateways());
    }

    /** The user's own key, for callers of the original interface. */
    String contentKey(long userId) {
        if (!contentKeys.areDynamic()) {
            throw Failures.of(
                    ErrorCode.UNSUPPORTED,
                    "users have no keys of their own here (linbox.credential.content-keys is not dynamic):"
                            + " all clients have the gateways' pass phrase");
        }
        return await(() -> contentKeys.obtain(userId)).base64();
    }

    @Override
    public Revocation revoke(RevokeRequest request) {
        Arguments.required("request", request);
        long userId = Arguments.id("userId", request.userId());
        String token = Arguments.required("token", request.token());
        return new Revocation(await(() -> issuer.revoke(userId, token)) ? 1 : 0, 0);
    }

    @Override
    public Revocation revokeAll(RevokeAllRequest request) {
        Arguments.required("request", request);
        long userId = Arguments.id("userId", request.userId());
        Arguments.atMost("reason", request.reason(), Arguments.MAX_REASON);
        int tokens = await(() -> issuer.revokeAll(userId));
        int sessions = presence.disconnect(new DisconnectRequest(request.userId(), null, request.reason()))
                .sessions();
        return new Revocation(tokens, sessions);
    }

    private <T> T await(Supplier<CompletionStage<T>> question) {
        try {
            return question.get().toCompletableFuture().get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (IllegalStateException notHere) {
            // Tokens, or keys, are not LINBOX's to hand out, as it is configured.
            throw Failures.of(ErrorCode.UNSUPPORTED, String.valueOf(notHere.getMessage()));
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw Failures.of(ErrorCode.UNAVAILABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.of(ErrorCode.UNAVAILABLE);
        }
    }
}
