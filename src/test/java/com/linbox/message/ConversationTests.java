package com.linbox.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.linbox.message.Conversation.Group;
import com.linbox.message.Conversation.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTests {

    @ParameterizedTest
    @CsvSource({
        "1,2,1_2",
        "9,10,10_9",
        "10,9,10_9",
        "100,99,100_99",
        "1001,1002,1001_1002",
        "2,1999,1999_2",
        "1,10,1_10",
        "5,5,5_5",
        "9223372036854775807,1,1_9223372036854775807"
    })
    void theSmallerIdInTextOrderStandsFirstWhoeverSpeaks(long one, long other, String key) {
        assertThat(new Session(one, other).key()).isEqualTo(key);
        assertThat(new Session(other, one)).isEqualTo(new Session(one, other));
        assertThat(Conversation.ofKey(key)).isEqualTo(new Session(one, other));
    }

    @Test
    void eachEndsPartnerIsTheOther() {
        Session session = new Session(9, 10);

        assertThat(session.partnerOf(9)).isEqualTo(10);
        assertThat(session.partnerOf(10)).isEqualTo(9);
        assertThat(new Session(5, 5).partnerOf(5)).isEqualTo(5);
    }

    @Test
    void aGroupsKeyIsItsIdAndMeetsNoSessions() {
        assertThat(new Group(9000).key()).isEqualTo("9000");
        assertThat(Conversation.ofKey("9000")).isEqualTo(new Group(9000));
        assertThat(new Group(9000).type()).isEqualTo(ConversationType.GROUP);
        assertThat(new Session(1, 2).type()).isEqualTo(ConversationType.SESSION);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aTypesCodeLeadsBackToIt(int code) throws Exception {
        assertThat(ConversationType.of(code).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, -1, Integer.MAX_VALUE})
    void anUnknownTypeIsRefusedWithItsValue(int code) {
        var refused = catchThrowableOfType(RequestRejectedException.class, () -> ConversationType.of(code));

        assertThat(refused.code()).isEqualTo(ErrorCode.UNKNOWN_CONVERSATION_TYPE);
        assertThat(refused.detail()).contains("type: " + code);
    }

    @Test
    void whatAUserHasAConversationWithIsTheOtherEndOrTheGroup() {
        Conversation pair = new Conversation.Session(9, 10);
        assertThat(pair.remoteOf(9)).isEqualTo("10");
        assertThat(pair.remoteOf(10)).isEqualTo("9");
        assertThat(pair.groupText()).isNull();
        assertThat(new Conversation.Session(9, 9).remoteOf(9)).isEqualTo("9");
        Conversation group = new Conversation.Group(5001);
        assertThat(group.remoteOf(9)).isEqualTo("5001");
        assertThat(group.groupText()).isEqualTo("5001");
    }
}
