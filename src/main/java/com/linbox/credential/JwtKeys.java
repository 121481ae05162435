package com.linbox.credential;

import com.nimbusds.jose.JWSHeader;
import java.util.concurrent.CompletionStage;

/** Where the keys of the product's tokens come from. Thread-safe; does not block. */
interface JwtKeys {

    /**
     * What can tell about a token of this header: made of the newest keys where those at hand do not have the one that it
     * names. The stage fails where these cannot be had.
     */
    CompletionStage<JwtVerifier> verifierFor(JWSHeader header);
}
