package com.linbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.protocol.PacketJson;
import com.linbox.protocol.SendMsgResponse;
import org.junit.jupiter.api.Test;

class JsonScanTests {

    @Test
    void findsTheNumbersOfAnAnswerAsTheServerWritesIt() {
        byte[] json = PacketJson.write(new SendMsgResponse(78L, 79L, "1", "2", null, 6L, 3L, 2, 200, null));

        assertThat(JsonScan.numberAfter(json, JsonScan.field("r_id"))).isEqualTo(78);
        assertThat(JsonScan.numberAfter(json, JsonScan.field("msg_r_id"))).isEqualTo(79);
        assertThat(JsonScan.numberAfter(json, JsonScan.field("status"))).isEqualTo(200);
    }

    @Test
    void whatIsNotThereIsAbsent() {
        byte[] json = "{\"a\":\"text\",\"b\":".getBytes();

        assertThat(JsonScan.numberAfter(json, JsonScan.field("a"))).isEqualTo(JsonScan.ABSENT);
        assertThat(JsonScan.numberAfter(json, JsonScan.field("b"))).isEqualTo(JsonScan.ABSENT);
        assertThat(JsonScan.numberAfter(json, JsonScan.field("c"))).isEqualTo(JsonScan.ABSENT);
        assertThat(JsonScan.numberAfter(new byte[0], JsonScan.field("c"))).isEqualTo(JsonScan.ABSENT);
    }
}
