package com.linbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.linbox.message.ErrorCode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the tables of src/docs/protocol.md against the code. */
class ProtocolDocumentTests {

    private static final Pattern PACKET = Pattern.compile("\\| (\\d+) +\\| (\\w+) +\\| (client|server) \\| (.+?) +\\|");
    private static final Pattern EXAMPLE = Pattern.compile("^(\\d+) (\\{.+})$", Pattern.MULTILINE);
    private static final Pattern STATUS = Pattern.compile("\\| (\\d{3}) +\\| (\\w+) +\\| .+\\|");

    @Test
    void everyPacketIsDocumentedWithItsCodeDirectionAndFields() throws IOException {
        List<String> documented = rows(PACKET)
                .map(row -> String.join(" ", row.group(1), row.group(2), row.group(3), row.group(4)))
                .toList();
        List<String> inCode = Arrays.stream(PacketType.values())
                .map(type -> String.join(
                        " ",
                        Integer.toString(type.code()),
                        type.packet().getSimpleName(),
                        type.isRequest() ? "client" : "server",
                        fields(type.packet())))
                .toList();
        assertThat(documented).isEqualTo(inCode);
    }

    @Test
    void everyExampleIsThePacketThatItsCodeSays() throws Exception {
        List<MatchResult> examples = rows(EXAMPLE).toList();
        assertThat(examples).isNotEmpty();
        for (MatchResult example : examples) {
            PacketType type = PacketType.ofCode(Integer.parseInt(example.group(1)));
            String json = example.group(2);

            byte[] written = PacketJson.write(PacketJson.read(type, json.getBytes(StandardCharsets.UTF_8)));

            assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(json);
        }
    }

    @Test
    void everyErrorIsDocumentedWithItsStatus() throws IOException {
        List<String> documented =
                rows(STATUS).map(row -> row.group(1) + " " + row.group(2)).toList();
        List<String> inCode = Arrays.stream(ErrorCode.values())
                .map(code -> code.status() + " " + code.name().toLowerCase(Locale.ROOT))
                .toList();
        assertThat(documented).isEqualTo(inCode);
    }

    private static java.util.stream.Stream<MatchResult> rows(Pattern row) throws IOException {
        return row.matcher(Files.readString(Path.of("src/docs/protocol.md"))).results();
    }

    private static String fields(Class<? extends Packet> packet) {
        return String.join(
                ", ",
                Arrays.stream(packet.getRecordComponents())
                        .map(ProtocolDocumentTests::wireName)
                        .toList());
    }

    private static String wireName(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named != null
                ? named.value()
                : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
