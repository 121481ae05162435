package com.linbox.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Packets whose JSON names them in its field {@code packet}, where no header does: messages of WebSocket. Written, the field is
 * always the first one; read, it may stand anywhere at the top level and be the name or the code.
 */
public final class NamedPackets {

    private static final String FIELD = "packet";
    private static final ByteBuf BEFORE_NAME = constant("{\"" + FIELD + "\":\"");
    private static final byte[][] BEGINNINGS = beginnings();
    private static final List<List<Name>> BY_LENGTH = byLength();
    private static final JsonFactory JSON = new JsonFactory();

    private NamedPackets() {}

    private record Name(ByteBuf text, PacketType type) {}

    /** How the JSON of such a packet begins, the comma before its first other field included. */
    static byte[] beginning(PacketType type) {
        return BEGINNINGS[type.ordinal()];
    }

    /** How long a packet's JSON becomes with its name. */
    static int length(PacketType type, byte[] json) {
        return nameLength(type, json) + json.length - 1;
    }

    /** Appends a packet's JSON with its name to {@code out}. */
    static void write(PacketType type, byte[] json, ByteBuf out) {
        out.writeBytes(beginning(type), 0, nameLength(type, json)).writeBytes(json, 1, json.length - 1);
    }

    /** No comma where nothing comes after it. */
    private static int nameLength(PacketType type, byte[] json) {
        return beginning(type).length - (json.length == 2 ? 1 : 0);
    }

    /**
     * Puts a packet's name before its JSON's fields.
     *
     * @param json an object without whitespace around it
     * @return a new buffer, which the caller writes or releases
     */
    public static ByteBuf write(ByteBufAllocator allocator, PacketType type, byte[] json) {
        ByteBuf named = allocator.buffer(length(type, json));
        write(type, json, named);
        return named;
    }

    /**
     * Reads a packet's name.
     *
     * @param json UTF-8, and nobody else's: the name is cut off where that costs nothing. Released where no frame has it
     * @param wireBytes what it took on the wire, headers included
     * @return a {@link Frame}, or a {@link BadFrame} where the text names no packet
     */
    public static Object read(ByteBuf json, int wireBytes) {
        PacketType first = nameThatComesFirst(json);
        if (first != null) {
            return new Frame(ProtocolVersion.V2, first.code(), json, wireBytes);
        }
        int code = codeFromAnywhere(json);
        if (code < 0) {
            json.release();
            return new BadFrame(BadFrame.Fault.UNKNOWN_PACKET, 0);
        }
        return new Frame(ProtocolVersion.V2, code, json, wireBytes);
    }

    /** The way that nearly all packets come, without a look at the rest; null where it is another. */
    private static @Nullable PacketType nameThatComesFirst(ByteBuf json) {
        int start = json.readerIndex();
        int name = start + BEFORE_NAME.readableBytes();
        if (json.readableBytes() < BEFORE_NAME.readableBytes() + 2
                || !ByteBufUtil.equals(json, start, BEFORE_NAME, 0, BEFORE_NAME.readableBytes())) {
            return null;
        }
        int quote = json.indexOf(name, Math.min(json.writerIndex(), name + BY_LENGTH.size()), (byte) '"');
        PacketType type = quote < 0 ? null : named(json, name, quote - name);
        int after = quote + 1;
        if (type == null || after >= json.writerIndex()) {
            return null;
        }
        // The object goes on as one without the name.
        switch (json.getByte(after)) {
            case ',' -> json.readerIndex(after);
            case '}' -> json.readerIndex(quote);
            default -> {
                return null;
            }
        }
        json.setByte(json.readerIndex(), '{');
        return type;
    }

    private static @Nullable PacketType named(ByteBuf json, int start, int length) {
        for (Name name : BY_LENGTH.get(length)) {
            if (ByteBufUtil.equals(json, start, name.text, 0, length)) {
                return name.type;
            }
        }
        return null;
    }

    /** The code, as it is given or of the name; -1 where there is none to be found. */
    private static int codeFromAnywhere(ByteBuf json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), ByteBufUtil.getBytes(json))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return -1;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isIt = parser.currentName().equals(FIELD);
                JsonToken value = parser.nextToken();
                if (isIt) {
                    return value == JsonToken.VALUE_NUMBER_INT
                            ? code(parser.getIntValue())
                            : value == JsonToken.VALUE_STRING ? code(parser.getString()) : -1;
                }
                parser.skipChildren();
            }
            return -1;
        } catch (JacksonException e) {
            return -1;
        }
    }

    private static int code(int number) {
        return number >= 0 && number <= 0xFFFF ? number : -1;
    }

    private static int code(String name) {
        ByteBuf text = Unpooled.copiedBuffer(name, StandardCharsets.UTF_8);
        int length = text.readableBytes();
        PacketType type = length < BY_LENGTH.size() ? named(text, 0, length) : null;
        return type == null ? -1 : type.code();
    }

    private static byte[][] beginnings() {
        byte[][] all = new byte[PacketType.values().length][];
        for (PacketType type : PacketType.values()) {
            all[type.ordinal()] =
                    ("{\"" + FIELD + "\":\"" + type.wireName() + "\",").getBytes(StandardCharsets.US_ASCII);
        }
        return all;
    }

    private static List<List<Name>> byLength() {
        List<List<Name>> lists = new ArrayList<>();
        for (PacketType type : PacketType.values()) {
            while (lists.size() <= type.wireName().length()) {
                lists.add(new ArrayList<>());
            }
            lists.get(type.wireName().length()).add(new Name(constant(type.wireName()), type));
        }
        return lists;
    }

    private static ByteBuf constant(String text) {
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
