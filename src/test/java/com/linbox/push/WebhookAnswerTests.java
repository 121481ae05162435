package com.linbox.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.push.WebhookAnswer.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookAnswerTests {

    @ParameterizedTest
    @CsvSource({
        "200, ACCEPTED",
        "202, ACCEPTED",
        "204, ACCEPTED",
        "400, REFUSED",
        "409, REFUSED",
        "413, REFUSED",
        "422, REFUSED",
        "301, UNAVAILABLE",
        "307, UNAVAILABLE",
        "401, UNAVAILABLE",
        "403, UNAVAILABLE",
        "404, UNAVAILABLE",
        "408, UNAVAILABLE",
        "429, UNAVAILABLE",
        "500, FAILED",
        "502, FAILED",
        "503, FAILED",
        "599, FAILED",
    })
    void anEventIsGivenUpOnlyWhereTheStatusSpeaksOfIt(int status, Verdict verdict) {
        assertThat(WebhookAnswer.ofStatus(status).verdict()).isEqualTo(verdict);
        assertThat(WebhookAnswer.ofStatus(status).why()).isEqualTo("status " + status);
    }
}
