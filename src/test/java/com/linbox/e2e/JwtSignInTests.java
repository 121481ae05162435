package com.linbox.e2e;

import static com.linbox.testing.JsonWebTokens.claims;
import static com.linbox.testing.JsonWebTokens.header;
import static com.linbox.testing.JsonWebTokens.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.credential.CredentialIssuer;
import com.linbox.testing.GatewaySlice;
import com.linbox.testing.JsonWebTokens;
import com.linbox.testing.JsonWebTokens.JwksServer;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WireClient;
import com.linbox.testing.WithEngines;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Who may come in with the product's own tokens: through sockets. */
@WithEngines(RedisEngine.class)
class JwtSignInTests {

    private static final String SECRET = "a-shared-secret-of-32-characters";
    private static final KeyPair RSA = JsonWebTokens.rsa(2048);
    private static final KeyPair EC = JsonWebTokens.ec("secp256r1");

    private final long user = MessagingScenarios.newUser();

    @TempDir
    private Path folder;

    @Test
    void aSharedSecretAdmitsWhatItHasSignedAndNothingElse(RedisEngine redis) throws Exception {
        try (GatewaySlice gateway = gateway(redis, "secret", SECRET)) {
            Key secret = JsonWebTokens.secret(SECRET);
            assertThat(status(gateway, sign(header("HS256"), claims(user), secret)))
                    .isEqualTo(200);
            assertThat(status(gateway, sign(header("HS256"), claims(user), JsonWebTokens.secret(SECRET + "!"))))
                    .isEqualTo(401);
            checkClaims(gateway, "HS256", secret);
        }
    }

    @Test
    void anRsaKeyAdmitsWhatItsOwnerHasSignedByRs256(RedisEngine redis) throws Exception {
        Path pem = JsonWebTokens.pem(folder, RSA.getPublic());
        try (GatewaySlice gateway = gateway(redis, "public-key-file", pem.toString())) {
            assertThat(status(gateway, sign(header("RS256"), claims(user), RSA.getPrivate())))
                    .isEqualTo(200);
            assertThat(status(gateway, sign(header("RS512"), claims(user), RSA.getPrivate())))
                    .as("another algorithm")
                    .isEqualTo(401);
            // The known attack: the public key, which everybody may have, taken for a shared secret.
            assertThat(status(gateway, sign(header("HS256"), claims(user), RSA.getPublic())))
                    .isEqualTo(401);
            assertThat(status(gateway, sign(header("ES256"), claims(user), EC.getPrivate())))
                    .isEqualTo(401);
            checkClaims(gateway, "RS256", RSA.getPrivate());
        }
    }

    @Test
    void anEcKeyAdmitsWhatItsOwnerHasSignedByEs256(RedisEngine redis) throws Exception {
        Path pem = JsonWebTokens.pem(folder, EC.getPublic());
        try (GatewaySlice gateway = gateway(redis, "public-key-file", pem.toString())) {
            assertThat(status(gateway, sign(header("ES256"), claims(user), EC.getPrivate())))
                    .isEqualTo(200);
            KeyPair other = JsonWebTokens.ec("secp256r1");
            assertThat(status(gateway, sign(header("ES256"), claims(user), other.getPrivate())))
                    .isEqualTo(401);
        }
    }

    @Test
    void aKeySetInAFileAdmitsByTheKeyThatATokenNames(RedisEngine redis) throws Exception {
        Path jwks = JsonWebTokens.write(folder, "jwks.json", JsonWebTokens.jwks("one", EC.getPublic()));
        try (GatewaySlice gateway = gateway(redis, "jwks-file", jwks.toString())) {
            assertThat(status(gateway, sign(header("ES256").put("kid", "one"), claims(user), EC.getPrivate())))
                    .isEqualTo(200);
            assertThat(status(gateway, sign(header("ES256"), claims(user), EC.getPrivate())))
                    .as("names none")
                    .isEqualTo(200);
            assertThat(status(gateway, sign(header("ES256").put("kid", "two"), claims(user), EC.getPrivate())))
                    .isEqualTo(401);
            assertThat(gateway.counted("linbox.credential.checks", "verdict", "unknown_key"))
                    .isEqualTo(1);
            assertThatThrownBy(() -> gateway.bean(CredentialIssuer.class).issue(user, null, Duration.ofHours(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("linbox.credential.mode is jwt");
        }
    }

    @Test
    void aKeySetFromAUrlGoesOnWhileTheUrlIsAway(RedisEngine redis) throws Exception {
        String token = sign(header("RS256").put("kid", "one"), claims(user), RSA.getPrivate());
        String unknown = sign(header("RS256").put("kid", "two"), claims(user), RSA.getPrivate());
        JwksServer server = new JwksServer(JsonWebTokens.jwks("one", RSA.getPublic()));
        try (GatewaySlice gateway = gateway(redis, "jwks-url", server.url().toString())) {
            assertThat(status(gateway, token)).isEqualTo(200);
            assertThat(status(gateway, unknown)).isEqualTo(401);
            assertThat(server.requests).hasValue(1);

            server.close();

            assertThat(status(gateway, token)).isEqualTo(200);
        } finally {
            server.close();
        }
    }

    @Test
    void whileAKeySetHasNeverBeenThereSignInsAreToldToTryAgain(RedisEngine redis) throws Exception {
        JwksServer server = new JwksServer("");
        server.close();
        try (GatewaySlice gateway = gateway(redis, "jwks-url", server.url().toString())) {
            assertThat(status(gateway, sign(header("RS256"), claims(user), RSA.getPrivate())))
                    .isEqualTo(503);
            assertThat(gateway.counted("linbox.credential.jwks.failures")).isGreaterThanOrEqualTo(1);
            assertThat(gateway.counted("linbox.credential.checks", "verdict", "unavailable"))
                    .isEqualTo(1);
        }
    }

    @Test
    void anIssuerIsHeldAgainstTheSettingWhereThereIsOne(RedisEngine redis) throws Exception {
        Key secret = JsonWebTokens.secret(SECRET);
        try (GatewaySlice gateway =
                gateway(redis, "secret", SECRET, "linbox.credential.jwt.issuer", "https://product.example")) {
            assertThat(status(gateway, sign(header("HS256"), claims(user), secret)))
                    .isEqualTo(200);
            assertThat(status(gateway, sign(header("HS256"), claims(user).put("iss", "https://other.example"), secret)))
                    .isEqualTo(401);
        }
    }

    @Test
    void aFileThatHoldsNoKeyStopsTheStartByTheSettingsName(RedisEngine redis) {
        List<Path> wrong = new ArrayList<>();
        wrong.add(folder.resolve("absent.pem"));
        wrong.add(JsonWebTokens.write(folder, "none.pem", "no key"));
        wrong.add(JsonWebTokens.write(
                folder, "broken.pem", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"));
        for (Path file : wrong) {
            assertThatThrownBy(() -> gateway(redis, "public-key-file", file.toString()))
                    .rootCause()
                    .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                    .hasMessageContaining("linbox.credential.jwt.public-key-file")
                    .hasMessageContaining(file.toString());
        }
        Path weak = JsonWebTokens.pem(folder, JsonWebTokens.rsa(1024).getPublic());
        assertThatThrownBy(() -> gateway(redis, "public-key-file", weak.toString()))
                .hasStackTraceContaining("its key is too short");
        Path otherCurve =
                JsonWebTokens.pem(folder, JsonWebTokens.ec("secp384r1").getPublic());
        assertThatThrownBy(() -> gateway(redis, "public-key-file", otherCurve.toString()))
                .hasStackTraceContaining("another curve than P-256");
        for (String json : new String[] {"", "{}", "{\"keys\":[]}"}) {
            Path jwks = JsonWebTokens.write(folder, "jwks.json", json);
            assertThatThrownBy(() -> gateway(redis, "jwks-file", jwks.toString()))
                    .rootCause()
                    .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                    .hasMessageContaining("linbox.credential.jwt.jwks-file");
        }
    }

    /** What a token with a good signature must say. */
    private void checkClaims(GatewaySlice gateway, String algorithm, Key key) throws IOException {
        long now = Instant.now().getEpochSecond();
        List<String> refused = new ArrayList<>();
        refused.add(sign(header(algorithm), claims(user + 1), key));
        refused.add(sign(header(algorithm), claims(user).put("sub", "somebody"), key));
        refused.add(sign(header(algorithm), claims(user).put("exp", now - 40), key));
        refused.add(sign(header(algorithm), claims(user).put("nbf", now + 60), key));
        refused.add(sign(header(algorithm), claims(user).put("aud", "shop"), key));
        for (String required : new String[] {"sub", "aud", "exp"}) {
            refused.add(sign(header(algorithm), claims(user).without(required), key));
        }
        refused.add(sign(header("none"), claims(user), key));
        refused.add("not.a.token");
        refused.add("");
        for (String token : refused) {
            assertThat(status(gateway, token)).as(token).isEqualTo(401);
        }
        assertThat(status(gateway, sign(header(algorithm), claims(user).put("exp", now - 20), key)))
                .as("clocks may differ by 30 s")
                .isEqualTo(200);
        assertThat(gateway.counted("linbox.credential.checks", "verdict", "expired"))
                .isEqualTo(1);
        assertThat(gateway.counted("linbox.credential.checks", "verdict", "other_user"))
                .isEqualTo(1);
    }

    private int status(GatewaySlice gateway, String token) throws IOException {
        try (WireClient client = new WireClient(gateway.clients())) {
            return client.signIn(user, token, "web").path("status").asInt();
        }
    }

    private static GatewaySlice gateway(RedisEngine redis, String key, String value, String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.addAll(List.of("linbox.credential.mode", "jwt", "linbox.credential.jwt.audience", "chat"));
        settings.addAll(List.of("linbox.gateway.sign-in-throttle.failures", "0"));
        settings.addAll(List.of("linbox.credential.jwt." + key, value));
        return new GatewaySlice(redis, settings.toArray(String[]::new));
    }
}
