package com.linbox.rpc.api;

import java.io.Serializable;

/** @param token as it was issued */
public record RevokeRequest(String userId, String token) implements Serializable {

    /** Without the token, which must never reach a log. */
    @Override
    public String toString() {
        return "RevokeRequest[userId=" + userId + "]";
    }
}
