package com.linbox.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushSettingsTests {

    private static final String SECRET = "sixteen-of-these";

    @ParameterizedTest
    @ValueSource(strings = {"https://push.example.com/hook?a=b", "http://127.0.0.1:8080/", "http://[::1]/hook"})
    void safeUrlsAreTaken(String url) {
        assertThat(webhook(url, SECRET, false).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://push.example.com/, ftp",
        "file:///etc/passwd, file",
        "push.example.com, http or https",
        "https:///hook, with a host",
        "https://me:hunter2@push.example.com/, with a user",
        "https://push.example.com/#part, a fragment",
        "https://push example.com/, no URL",
        "http://192.0.2.1/hook, plain-beyond-loopback",
    })
    void otherUrlsAreRefusedWithoutBeingRepeated(String url, String why) {
        assertThatThrownBy(() -> webhook(url, SECRET, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url: ")
                .hasMessageContaining(why)
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void plainHttpBeyondThisMachineIsTakenWhereItIsMeant() {
        assertThatCode(() -> webhook("http://192.0.2.1/hook", SECRET, true)).doesNotThrowAnyException();
    }

    @Test
    void aUrlNeedsASecretThatIsLongEnoughAndNeverShown() {
        for (String secret : new String[] {null, "", "fifteen-of-them", "sixteen of these", "sixteen-of-thes\n"}) {
            assertThatThrownBy(() -> webhook("https://push.example.com/", secret, false))
                    .hasMessageStartingWith("secret: ")
                    .hasMessageContaining("at least 16")
                    .message()
                    .doesNotContain("-of-");
        }
        assertThatCode(() -> webhook("", null, false)).doesNotThrowAnyException();
        assertThat(new PushSettings(true, 1, true, 1, webhook("https://push.example.com/?key=k", SECRET, false)))
                .asString()
                .doesNotContain(SECRET, "key=k");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1s, 1s, 1s, 1s, batch",
        "101, 1s, 1s, 1s, 1s, batch",
        "1, 0s, 1s, 1s, 1s, timeout",
        "1, 61s, 1s, 1s, 1s, timeout",
        "1, 1s, 2s, 1s, 1s, longest-backoff",
        "1, 1s, 0s, 1s, 1s, first-backoff",
        "1, 1s, 1s, 3601s, 1s, longest-backoff",
        "1, 1s, 1s, 1s, -1s, give-up-after",
    })
    void numbersOutsideTheirRangesAreRefused(
            int batch, String timeout, String first, String longest, String giveUp, String name) {
        assertThatThrownBy(() -> new PushSettings.Webhook(
                        null, null, false, batch, of(timeout), of(first), of(longest), of(giveUp)))
                .hasMessageStartingWith(name + ": ");
    }

    private static Duration of(String seconds) {
        return Duration.parse("PT" + seconds);
    }

    private static PushSettings.Webhook webhook(String url, String secret, boolean plainBeyondLoopback) {
        Duration some = Duration.ofSeconds(1);
        return new PushSettings.Webhook(url, secret, plainBeyondLoopback, 100, some, some, some, some);
    }
}
