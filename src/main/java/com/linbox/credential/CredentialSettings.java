package com.linbox.credential;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may sign in, and with which key. Gateways and the rpc role must be told the same.
 *
 * @param mode {@code open}: anybody, with any token; {@code token}: whoever brings a token that the back end was issued;
 *     {@code jwt}: whoever brings a token that the product itself has signed
 * @param openBeyondLoopback whether a gateway may let anybody in though it listens on an address that other machines reach
 * @param jwt what the product's own tokens are held against; only for mode {@code jwt}
 * @param contentKeys {@code static}: all clients of version 1 share the gateways' pass phrase; {@code dynamic}: the back end
 *     hands each user a key of their own, without which nobody gets in
 * @param contentKeyBits the length of dynamic keys, 128 or 256
 * @param contentKeyLifetime how long a user can sign in with a dynamic key; it is replaced from half of that on
 */
@Validated
@ConfigurationProperties("linbox.credential")
public record CredentialSettings(
        @DefaultValue("token") Mode mode,
        @DefaultValue("false") boolean openBeyondLoopback,
        @DefaultValue Jwt jwt,
        @DefaultValue("static") KeyMode contentKeys,
        @DefaultValue("256") int contentKeyBits,
        @DefaultValue("1h") Duration contentKeyLifetime) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    public CredentialSettings {
        if (contentKeyBits != 128 && contentKeyBits != 256) {
            throw new IllegalArgumentException("content-key-bits: " + contentKeyBits + " (expected: 128 or 256)");
        }
        if (contentKeyLifetime.compareTo(SHORTEST) < 0 || contentKeyLifetime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "content-key-lifetime: " + contentKeyLifetime + " (expected: " + SHORTEST + ".." + LONGEST + ")");
        }
        if (mode == Mode.JWT) {
            jwt.requireComplete();
        }
    }

    /** How tokens are looked at. */
    public enum Mode {
        OPEN,
        TOKEN,
        JWT
    }

    /** Whose key the content of version 1 is encrypted with. */
    public enum KeyMode {
        STATIC,
        DYNAMIC
    }

    /**
     * The product's own tokens: JSON Web Tokens whose {@code sub} is the user's id. Exactly one of {@code secret},
     * {@code public-key-file}, {@code jwks-file} and {@code jwks-url} says which key has signed them.
     *
     * @param secret the shared secret of HS256: a text of at least 32 bytes, or {@code base64:} and the Base64 of as many
     * @param publicKeyFile a PEM file with the public key: RSA of at least 2048 bits for RS256, P-256 for ES256
     * @param jwksFile a file with a JSON Web Key Set of such public keys; read at the start
     * @param jwksUrl where such a set is fetched, http or https; fetched again every five minutes and when a token names a
     *     key that is not in it
     * @param audience what the tokens' {@code aud} must contain, so that a token made for another service lets nobody in
     * @param issuer what the tokens' {@code iss} must be; not looked at where absent
     */
    public record Jwt(
            @Nullable String secret,
            @Nullable Path publicKeyFile,
            @Nullable Path jwksFile,
            @Nullable URI jwksUrl,
            @Nullable String audience,
            @Nullable String issuer) {

        private static final String BASE64 = "base64:";
        private static final int MIN_SECRET = 32;

        public Jwt {
            // What a file leaves empty is not there.
            secret = secret == null || secret.isEmpty() ? null : secret;
            audience = audience == null || audience.isBlank() ? null : audience;
            issuer = issuer == null || issuer.isBlank() ? null : issuer;
            if (secret != null && bytes(secret).length < MIN_SECRET) {
                throw new IllegalArgumentException(
                        "secret: " + bytes(secret).length + " bytes (expected: at least " + MIN_SECRET + ")");
            }
            if (jwksUrl != null && !isHttp(jwksUrl)) {
                throw new IllegalArgumentException("jwks-url: " + jwksUrl + " (expected: an http or https URL)");
            }
        }

        private static boolean isHttp(URI url) {
            return url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()));
        }

        /** @throws IllegalArgumentException naming what is missing */
        void requireComplete() {
            long keys = Stream.of(secret, publicKeyFile, jwksFile, jwksUrl)
                    .filter(Objects::nonNull)
                    .count();
            if (keys != 1) {
                throw new IllegalArgumentException("jwt.secret, .public-key-file, .jwks-file, .jwks-url: " + keys
                        + " of them are set (expected: exactly one where mode is jwt)");
            }
            if (audience == null) {
                throw new IllegalArgumentException("jwt.audience: missing (expected where mode is jwt)");
            }
        }

        byte @Nullable [] secretBytes() {
            return secret == null ? null : bytes(secret);
        }

        private static byte[] bytes(String secret) {
            if (!secret.startsWith(BASE64)) {
                return secret.getBytes(StandardCharsets.UTF_8);
            }
            try {
                return Base64.getDecoder().decode(secret.substring(BASE64.length()));
            } catch (IllegalArgumentException e) {
                // Without the cause, which may tell a part of the secret.
                throw new IllegalArgumentException("secret: what follows " + BASE64 + " is not Base64");
            }
        }

        /** Without the secret, which must never reach a log. */
        @Override
        public String toString() {
            return "Jwt[publicKeyFile=" + publicKeyFile + ", jwksFile=" + jwksFile + ", audience=" + audience
                    + ", issuer=" + issuer + "]";
        }
    }
}
