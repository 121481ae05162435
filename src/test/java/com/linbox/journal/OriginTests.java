package com.linbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.linbox.protocol.PacketType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OriginTests {

    @Test
    void comesBackAsItWasWritten() {
        Origin origin = origin(PacketType.SEND_MSG_REQUEST);
        assertThat(Origin.ofBytes(origin.toBytes())).isEqualTo(origin);
        Origin trusted = new Origin(PacketType.GROUP_CHANGE_REQUEST, "rpc", 7, 1001, "", 1, true, null);
        assertThat(Origin.ofBytes(trusted.toBytes())).isEqualTo(trusted);
    }

    @ParameterizedTest
    @EnumSource(
            value = PacketType.class,
            names = {"AUTH_RESPONSE", "SEND_MSG_RESPONSE", "NEW_MESSAGE", "PONG"})
    void aTypeThatNobodyCanBeAnsweredForIsRefused(PacketType type) {
        byte[] bytes = origin(type).toBytes();
        assertThatIllegalArgumentException().isThrownBy(() -> Origin.ofBytes(bytes));
    }

    @Test
    void bytesThatAreCutOffAreRefused() {
        byte[] bytes = origin(PacketType.SEND_MSG_REQUEST).toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> Origin.ofBytes(cut));
        }
    }

    private static Origin origin(PacketType type) {
        return new Origin(type, "gateway-ü", 7, 1001, "iphone", 1_448_553_600_001L);
    }
}
