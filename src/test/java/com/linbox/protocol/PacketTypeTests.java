package com.linbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketTypeTests {

    // The protocol document's table, typed out: the codes are promises to clients built in 2015.
    @ParameterizedTest
    @CsvSource({
        "1,AuthRequest,true",
        "2,AuthResponse,false",
        "3,SyncUnreadRequest,true",
        "4,SyncUnreadResponse,false",
        "5,ReadAckRequest,true",
        "6,ReadAckResponse,false",
        "7,PullOldMsgRequest,true",
        "8,PullOldMsgResponse,false",
        "9,SendMsgRequest,true",
        "10,SendMsgResponse,false",
        "11,NewMessage,false",
        "12,OfflineInfo,false",
        "13,Ping,true",
        "14,Pong,false",
        "15,SystemMessage,false",
        "16,SyncSystemUnreadRequest,true",
        "17,SyncSystemUnreadResponse,false",
        "18,SystemUnreadAckRequest,true",
        "19,SystemUnreadAckResponse,false",
        "20,GroupChangeRequest,true",
        "21,GroupChangeResponse,false",
        "22,GroupInfoRequest,true",
        "23,GroupInfoResponse,false",
        "24,ReadMoved,false",
        "25,ReadReceipt,false",
        "26,ReadersRequest,true",
        "27,ReadersResponse,false",
        "28,PresenceSubscribeRequest,true",
        "29,PresenceSubscribeResponse,false",
        "30,PresenceChanged,false",
        "31,TypingRequest,true",
        "32,TypingResponse,false",
        "33,Typing,false",
        "34,ChangeMsgRequest,true",
        "35,ChangeMsgResponse,false",
        "36,MuteConversationRequest,true",
        "37,MuteConversationResponse,false",
        "38,Reconnect,false"
    })
    void theCodeOfATypeIsTheProtocols(int code, String name, boolean request) {
        PacketType type = PacketType.ofCode(code);

        assertThat(type.code()).isEqualTo(code);
        assertThat(type.packet().getSimpleName()).isEqualTo(name);
        assertThat(type.isRequest()).isEqualTo(request);
    }

    @ParameterizedTest
    @EnumSource
    void typesFrom20UpAreOfVersion2Alone(PacketType type) {
        assertThat(type.isOf(ProtocolVersion.V1)).isEqualTo(type.code() < 20);
        assertThat(type.isOf(ProtocolVersion.V2)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aCodeLeadsBackToItsType(PacketType type) {
        assertThat(PacketType.ofCode(type.code())).isSameAs(type);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 99, 65_535, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void anUnknownCodeHasNoType(int code) {
        assertThat(PacketType.ofCode(code)).isNull();
    }

    @Test
    void noTwoTypesShareAPacket() {
        assertThat(Arrays.stream(PacketType.values()).map(PacketType::packet)).doesNotHaveDuplicates();
    }
}
