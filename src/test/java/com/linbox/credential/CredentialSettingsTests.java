package com.linbox.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.credential.CredentialSettings.KeyMode;
import com.linbox.credential.CredentialSettings.Mode;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CredentialSettingsTests {

    private static final String SECRET = "a-shared-secret-of-32-characters";

    @Test
    void tokensAndSharedKeysAreTheDefault() {
        CredentialSettings settings = bind();

        assertThat(settings.mode()).isEqualTo(Mode.TOKEN);
        assertThat(settings.openBeyondLoopback()).isFalse();
        assertThat(settings.contentKeys()).isEqualTo(KeyMode.STATIC);
        assertThat(settings.contentKeyBits()).isEqualTo(256);
        assertThat(settings.contentKeyLifetime()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aSecretMayBeBase64AndIsNeverShown() {
        byte[] bytes = new byte[32];
        String base64 = "base64:" + Base64.getEncoder().encodeToString(bytes);

        assertThat(jwt("secret", base64).jwt().secretBytes()).isEqualTo(bytes);
        assertThat(jwt("secret", SECRET).toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "content-key-bits, 192, content-key-bits: 192 (expected: 128 or 256)",
        "content-key-lifetime, 10ms, content-key-lifetime: PT0.01S",
        "content-key-lifetime, 31d, content-key-lifetime: PT744H",
        "jwt.secret, only-thirty-one-characters-long, secret: 31 bytes (expected: at least 32)",
        "jwt.secret, base64:not*base64, secret: what follows base64: is not Base64",
        "jwt.jwks-url, ftp://keys.example/x, jwks-url: ftp://keys.example/x (expected: an http or https URL)",
        "mode, jwt, 'jwt.secret, .public-key-file, .jwks-file, .jwks-url: 0 of them are set'",
    })
    void aWrongValueIsRefusedWithItsNameAndTheReason(String name, String value, String reason) {
        assertThatThrownBy(() -> bind(name, value)).rootCause().hasMessageStartingWith(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"only-thirty-one-characters-long", "base64:c2VjcmV0*"})
    void aWrongSecretIsNotShown(String secret) {
        assertThatThrownBy(() -> bind("jwt.secret", secret)).rootCause().satisfies(refusal -> assertThat(
                        refusal.toString())
                .doesNotContain(secret.substring(7))
                .doesNotContain(secret));
    }

    @Test
    void modeJwtNeedsAnAudienceAndOneKey() {
        assertThatThrownBy(() -> bind("mode", "jwt", "jwt.secret", SECRET))
                .rootCause()
                .hasMessageStartingWith("jwt.audience: missing");
        assertThatThrownBy(() -> jwt("secret", SECRET, "jwt.public-key-file", "key.pem"))
                .rootCause()
                .hasMessageContaining("2 of them are set");
    }

    private static CredentialSettings jwt(String key, String value, String... more) {
        String[] all = new String[6 + more.length];
        System.arraycopy(new String[] {"mode", "jwt", "jwt.audience", "chat", "jwt." + key, value}, 0, all, 0, 6);
        System.arraycopy(more, 0, all, 6, more.length);
        return bind(all);
    }

    private static CredentialSettings bind(String... namesAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put("linbox.credential." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("linbox.credential", CredentialSettings.class);
    }
}
