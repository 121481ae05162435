package com.linbox.console;

import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads what calls send: JSON, and not much of it. */
final class Bodies {

    private static final int LONGEST = 16 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Bodies() {}

    /** @throws Refusal where it is none of that kind */
    static <T> T read(ServerRequest request, Class<T> type) throws IOException {
        byte[] body = request.servletRequest().getInputStream().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            throw new Refusal(HttpStatus.CONTENT_TOO_LARGE, "body: more than " + LONGEST + " bytes");
        }
        try {
            T value = JSON.readValue(body, type);
            if (value == null) {
                throw Refusal.wrong("body: null (expected: a JSON object)");
            }
            return value;
        } catch (JacksonException e) {
            throw Refusal.wrong("body: not the JSON object that this call needs");
        }
    }
}
