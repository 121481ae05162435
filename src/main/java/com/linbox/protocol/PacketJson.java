package com.linbox.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Packets as JSON. Reading is lenient: unknown fields are passed over, ids and ports may be numbers or texts, empty texts
 * stand for absent numbers, objects and lists. Writing is strict: ids are texts, counters and times numbers, null fields are left out.
 * Thread-safe.
 */
public final class PacketJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .withCoercionConfig(LogicalType.Integer, config -> config.setCoercion(
                            CoercionInputShape.EmptyString, CoercionAction.AsNull)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.POJO,
                    config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull))
            .withCoercionConfig(
                    LogicalType.Collection,
                    config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull))
            .build();

    private static final ObjectReader[] READERS = new ObjectReader[PacketType.values().length];
    private static final ObjectWriter[] WRITERS = new ObjectWriter[PacketType.values().length];

    static {
        for (PacketType type : PacketType.values()) {
            READERS[type.ordinal()] = MAPPER.readerFor(type.packet());
            WRITERS[type.ordinal()] = MAPPER.writerFor(type.packet());
        }
    }

    private PacketJson() {}

    /**
     * Binds the JSON of one packet.
     *
     * @throws RequestRejectedException with {@link ErrorCode#MALFORMED_JSON} where it is not an object of this packet's
     *     fields; the text says where, but repeats nothing of what was sent
     */
    public static Packet read(PacketType type, byte[] json) throws RequestRejectedException {
        Packet packet;
        try {
            packet = READERS[type.ordinal()].readValue(json);
        } catch (JacksonException e) {
            throw new RequestRejectedException(ErrorCode.MALFORMED_JSON, whatIsWrong(e));
        }
        if (packet == null) {
            throw new RequestRejectedException(ErrorCode.MALFORMED_JSON, "null (expected: a JSON object)");
        }
        return packet;
    }

    /**
     * A request with no fields at all: enough to answer one whose JSON is of no use.
     *
     * @throws IllegalArgumentException where no client sends this type
     */
    public static Request requestWithoutFields(PacketType type) {
        if (!type.isRequest()) {
            throw new IllegalArgumentException("type: " + type + " (expected: a request's)");
        }
        return (Request) READERS[type.ordinal()].readValue("{}");
    }

    public static byte[] write(Packet packet) {
        return WRITERS[packet.packetType().ordinal()].writeValueAsBytes(packet);
    }

    /** Something that stands as a text within a packet, such as an event's content. */
    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Reads what {@link #text} wrote; null where it is no such thing. */
    static <T> @Nullable T valueOf(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static String whatIsWrong(JacksonException e) {
        String path = e instanceof DatabindException bind ? fieldOf(bind) : null;
        if (path != null && !path.isEmpty()) {
            return path + ": a value of the wrong kind";
        }
        var location = e.getLocation();
        return location == null || location.getByteOffset() < 0
                ? "not a JSON object"
                : "not a JSON object, from byte " + location.getByteOffset() + " on";
    }

    private static @Nullable String fieldOf(DatabindException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }
}
