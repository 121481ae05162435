package com.linbox.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTests {

    @ParameterizedTest
    @CsvSource({"1,1", "9,9", "1001,1001", "9223372036854775807,9223372036854775807"})
    void decimalDigitsAreAnId(String text, long id) throws Exception {
        assertThat(Ids.parse("user_id", text)).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"007,7", "0000000000000000001,1"})
    void leadingZerosAreAnotherSpellingOfTheSameId(String text, long id) throws Exception {
        assertThat(Ids.parse("user_id", text)).isEqualTo(id);
    }

    @Test
    void theConversationKeyDoesNotDependOnTheSpelling() throws Exception {
        var spelled = new Conversation.Session(Ids.parse("user_id", "010"), Ids.parse("remote_id", "0000000009"));

        assertThat(spelled.key()).isEqualTo("10_9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "000",
                "-1",
                "-0",
                "+1",
                " 1",
                "1 ",
                "1.0",
                "1e3",
                "0x10",
                "abc",
                "1_2",
                "1,000",
                "null",
                "١٢٣",
                "１２３",
                "9223372036854775808",
                "9999999999999999999",
                "10000000000000000000",
                "18446744073709551617",
                "00000000000000000001",
                "\u0000",
                "1\n"
            })
    void anythingElseIsRefusedWithFieldAndValue(String text) {
        var refused = catchThrowableOfType(RequestRejectedException.class, () -> Ids.parse("remote_id", text));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ID);
        assertThat(refused.detail()).startsWith("remote_id: ").contains("9223372036854775807");
    }

    @ParameterizedTest
    @NullAndEmptySource
    void anAbsentIdIsMissing(String text) {
        var refused = catchThrowableOfType(RequestRejectedException.class, () -> Ids.parse("remote_id", text));

        assertThat(refused.code()).isEqualTo(ErrorCode.MISSING_FIELD);
        assertThat(refused.detail()).isEqualTo("remote_id: missing");
    }

    @Test
    void aLongTextIsRepeatedOnlyInPartAndNeverHalfACharacter() {
        var refused =
                catchThrowableOfType(RequestRejectedException.class, () -> Ids.parse("id", "x" + "😀".repeat(5_000)));

        assertThat(refused.detail()).hasSizeLessThan(120);
        String shown = refused.detail().substring(0, refused.detail().indexOf('…'));
        assertThat(Character.isHighSurrogate(shown.charAt(shown.length() - 1))).isFalse();
    }
}
