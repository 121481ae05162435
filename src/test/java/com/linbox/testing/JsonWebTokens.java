package com.linbox.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON Web Tokens (RFC 7519) and keys as a product would make them, with nothing but the JDK. */
public final class JsonWebTokens {

    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonWebTokens() {}

    public static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** @param curve such as {@code secp256r1} */
    public static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Claims that let a user in for an hour where {@code chat} is the audience. */
    public static ObjectNode claims(long user) {
        return JSON.createObjectNode()
                .put("sub", Long.toString(user))
                .put("aud", "chat")
                .put("iss", "https://product.example")
                .put("exp", Instant.now().getEpochSecond() + 3_600);
    }

    public static ObjectNode header(String algorithm) {
        return JSON.createObjectNode().put("alg", algorithm).put("typ", "JWT");
    }

    /** Signs by what the header's {@code alg} says, whatever kind of key that is. */
    public static String sign(ObjectNode header, ObjectNode claims, Key key) {
        String signed = base64(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.toString().getBytes(StandardCharsets.UTF_8));
        try {
            return signed + "." + base64(signature(header.path("alg").asString(), signed, key));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] signature(String algorithm, String text, Key key) throws GeneralSecurityException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        switch (algorithm) {
            case "none" -> {
                return new byte[0];
            }
            case "HS256" -> {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
                return mac.doFinal(bytes);
            }
            default -> {
                Signature signature = Signature.getInstance(
                        switch (algorithm) {
                            case "RS256" -> "SHA256withRSA";
                            case "RS512" -> "SHA512withRSA";
                            case "ES256" -> "SHA256withECDSAinP1363Format";
                            default -> throw new AssertionError(algorithm);
                        });
                signature.initSign((PrivateKey) key);
                signature.update(bytes);
                return signature.sign();
            }
        }
    }

    public static Key secret(String text) {
        return new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    public static Path pem(Path folder, PublicKey key) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return write(folder, "key.pem", "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
    }

    public static Path write(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A set of one key. */
    public static String jwks(String keyId, PublicKey key) {
        ObjectNode jwk = JSON.createObjectNode().put("kid", keyId).put("use", "sig");
        if (key instanceof RSAPublicKey rsa) {
            jwk.put("kty", "RSA")
                    .put("n", base64(unsigned(rsa.getModulus(), rsa.getModulus().bitLength() / 8)))
                    .put("e", base64(rsa.getPublicExponent().toByteArray()));
        } else if (key instanceof ECPublicKey ec) {
            jwk.put("kty", "EC")
                    .put("crv", "P-256")
                    .put("x", base64(unsigned(ec.getW().getAffineX(), 32)))
                    .put("y", base64(unsigned(ec.getW().getAffineY(), 32)));
        }
        ObjectNode set = JSON.createObjectNode();
        set.putArray("keys").add(jwk);
        return set.toString();
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int from = Math.max(0, bytes.length - length);
        System.arraycopy(bytes, from, fixed, length - (bytes.length - from), bytes.length - from);
        return fixed;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A real HTTP server on loopback that gives out a key set. */
    public static final class JwksServer implements AutoCloseable {

        public final AtomicInteger requests = new AtomicInteger();
        public volatile String answer;
        private final HttpServer http;

        public JwksServer(String answer) throws IOException {
            this.answer = answer;
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/keys", exchange -> {
                requests.incrementAndGet();
                byte[] body = this.answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            http.start();
        }

        public URI url() {
            return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/keys");
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
