package com.linbox.rpc;

import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import com.linbox.rpc.api.RequestFailedException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes what the protocol says of a request that was refused into what the caller is told of its call. */
final class Refusals {

    /** The caller's names of fields, by the wire's. */
    private static final Map<String, String> FIELDS = Map.of(
            "msg.mime_type", "mimeType",
            "msg.content", "content",
            "msg_id", "msgId",
            "group_id", "groupId",
            "r_id", "requestId",
            "users", "userIds");

    private Refusals() {}

    static RequestFailedException of(RequestRejectedException rejected) {
        return Failures.of(rejected.code(), inCallersWords(rejected.detail()));
    }

    /**
     * What an answer says.
     *
     * @param status a number that several codes may have
     * @param text what the answer says of it
     * @param likely of the codes with one status, the one that it means where the text is none of the codes' own
     */
    static RequestFailedException of(int status, @Nullable String text, ErrorCode... likely) {
        ErrorCode code = Stream.concat(
                        Arrays.stream(ErrorCode.values())
                                .filter(candidate -> candidate.text().equals(text)),
                        Stream.concat(Arrays.stream(likely), Arrays.stream(ErrorCode.values())))
                .filter(candidate -> candidate.status() == status)
                .findFirst()
                .orElse(ErrorCode.FAILED);
        return Failures.of(code, text == null ? code.text() : inCallersWords(text));
    }

    private static String inCallersWords(String text) {
        int colon = text.indexOf(':');
        String field = colon < 0 ? null : FIELDS.get(text.substring(0, colon));
        return field == null ? text : field + text.substring(colon);
    }
}
