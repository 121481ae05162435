package com.linbox.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.linbox.credential.CredentialSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class UnreadableSettingAnalyzerTests {

    @Test
    void aTextThatIsNoValueIsToldWithItsNameAndTheText() {
        assertThat(told(Map.of("linbox.credential.mode", "closed")))
                .startsWith("linbox.credential.mode=closed: ")
                .contains("Mode");
    }

    @Test
    void aValueThatItsRecordRefusesIsToldInTheRecordsWordsOnly() {
        assertThat(told(Map.of("linbox.credential.jwt.secret", "too-short-a-secret")))
                .isEqualTo("linbox.credential.jwt.secret: 18 bytes (expected: at least 32)");
        assertThat(told(Map.of(
                        "linbox.credential.mode", "jwt",
                        "linbox.credential.jwt.secret", "a-shared-secret-of-32-characters")))
                .isEqualTo("linbox.credential.jwt.audience: missing (expected where mode is jwt)");
        assertThat(told(Map.of(
                        "linbox.credential.content-key-bits", "1",
                        "linbox.credential.jwt.secret", "a-shared-secret-of-32-characters")))
                .isEqualTo("linbox.credential.content-key-bits: 1 (expected: 128 or 256)");
    }

    private static String told(Map<String, String> properties) {
        Throwable failure = catchThrowable(() -> new Binder(new MapConfigurationPropertySource(properties))
                .bind("linbox.credential", CredentialSettings.class));
        FailureAnalysis analysis = new UnreadableSettingAnalyzer().analyze(failure);
        return analysis.getDescription();
    }
}
