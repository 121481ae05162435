package com.linbox.rpc.api;

/** Lets the product's users in, and shuts them out. */
public interface CredentialService {

    /**
     * Makes a token with which a user signs in. Calling again makes another one; earlier ones stay good. Called again after a
     * lost answer, it leaves a token that nobody knows and that ends by itself.
     */
    IssuedCredential issue(IssueRequest request) throws RequestFailedException;

    /** Takes back one token. Sessions that it began go on. */
    Revocation revoke(RevokeRequest request) throws RequestFailedException;

    /**
     * Takes back all tokens of a user, then ends the user's sessions as {@link PresenceService#disconnect} does. A sign-in
     * that is under way at this very moment may be let in.
     */
    Revocation revokeAll(RevokeAllRequest request) throws RequestFailedException;
}
