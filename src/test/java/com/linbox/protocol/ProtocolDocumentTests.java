package com.linbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** Holds the tables of src/docs/protocol.md against the code. */
class ProtocolDocumentTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PACKET = Pattern.compile("\\| (\\d+) +\\| (\\w+) +\\| (client|server) \\| (.+?) +\\|");
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

    /** Of version 2 there is nothing else that says what a packet looks like. */
    @ParameterizedTest
    @EnumSource
    void everyPacketOfVersionTwoHasAnExampleThatIsOne(PacketType type) throws Exception {
        assumeThat(type.isOf(ProtocolVersion.V1)).isFalse();
        Matcher example = Pattern.compile("\\n" + type.code() + " "
                        + type.packet().getSimpleName() + "\\b[^`]*(?:`[^`]+`[^`]*)*?```json\\n(.+)\\n```")
                .matcher(document());
        assertThat(example.find()).as("an example of " + type).isTrue();
        String json = example.group(1);

        Packet packet = PacketJson.read(type, json.getBytes(StandardCharsets.UTF_8));

        assertThat(JSON.readTree(PacketJson.write(packet))).isEqualTo(JSON.readTree(json));
        // Presence is no router's affair.
        if (packet instanceof Request request && type != PacketType.PRESENCE_SUBSCRIBE_REQUEST) {
            assertThat(new CommandReader(() -> 1_000).read(withGroup(request), Long.parseLong(request.userId())))
                    .isNotNull();
        }
    }

    /** A new group has its id when the gateway has given it one. */
    private static Request withGroup(Request request) {
        return request instanceof GroupChangeRequest change && change.makesGroup() ? change.of(5001) : request;
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
        return row.matcher(document()).results();
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("src/docs/protocol.md"));
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
