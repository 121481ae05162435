package com.linbox.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.linbox.message.Conversation;
import com.linbox.message.Message;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FanoutPartTests {

    private static final Message MESSAGE =
            new Message(new Conversation.Group(5001), 7, 77, 3, "text/plain", "hello", 1_795_577_446_427L);

    private final FanoutPart part = new FanoutPart(5001, 2, 3, 1, 4, FanoutPart.json(MESSAGE));

    @Test
    void theBytesAreAsDocumented() {
        byte[] bytes = new FanoutPart(0x1122, 2, 3, 1, 4, new byte[] {'{', '}'}).toBytes();
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "01" // layout
                                + "0000000000001122" // group id
                                + "0000000000000002" // group version
                                + "0000000000000003" // msg_id
                                + "00000001" // chunk
                                + "00000004" // chunks
                                + "7b7d"); // {}
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        FanoutPart read = FanoutPart.ofBytes(part.toBytes());
        assertThat(read).usingRecursiveComparison().isEqualTo(part);
        assertThat(read.message()).isEqualTo(MESSAGE);
        assertThat(read.isWhole()).isFalse();
    }

    @Test
    void theMessageHasNoRecipientYet() {
        assertThat(new String(part.json(), java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("{\"remote_id\":\"5001\",\"group_id\":\"5001\",\"type\":3,");
    }

    @Test
    void aWholeIsKeptApartFromItsParts() {
        FanoutPart whole = FanoutPart.ofBytes(part.ofChunk(FanoutPart.WHOLE).toBytes());
        assertThat(whole.isWhole()).isTrue();
        assertThat(whole.chunks()).isEqualTo(4);
        assertThat(whole.key()).isNotEqualTo(part.key());
        assertThat(whole.ofChunk(1).key()).isEqualTo(part.key());
    }

    @Test
    void bytesThatAreNoPartAreRefused() {
        byte[] bytes = part.toBytes();
        for (int length = 0; length < 33; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> FanoutPart.ofBytes(cut));
        }
        bytes[0] = 9;
        assertThatIllegalArgumentException().isThrownBy(() -> FanoutPart.ofBytes(bytes));
    }
}
