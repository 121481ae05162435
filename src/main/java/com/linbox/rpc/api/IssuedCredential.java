package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs to sign in.
 *
 * @param device the only device that may use the token; null where any may
 * @param token for this user's clients and nobody else
 * @param expiresAt from when on the token is good no more
 * @param contentKey the user's own key of protocol version 1; null where all clients share the gateways' pass phrase
 * @param contentKeyExpiresAt from when on that key is good no more; null where there is none
 * @param gateways where to connect, the best first
 */
public record IssuedCredential(
        String userId,
        @Nullable String device,
        String token,
        long expiresAt,
        @Nullable String contentKey,
        @Nullable Long contentKeyExpiresAt,
        List<LivingGateway> gateways)
        implements Serializable {

    /** Without the token and the key, which must never reach a log. */
    @Override
    public String toString() {
        return "IssuedCredential[userId=" + userId + ", device=" + device + ", expiresAt=" + expiresAt + "]";
    }
}
