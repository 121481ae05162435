package com.linbox.rpc;

import com.linbox.message.Conversation;
import com.linbox.message.ErrorCode;
import com.linbox.message.Ids;
import com.linbox.message.RequestRejectedException;
import com.linbox.rpc.api.RequestFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks what callers send, whatever their declarations promise; every failure names the field. */
final class Arguments {

    static final int MAX_USERS = 1_000;
    static final int MAX_LIMIT = 200;
    static final int DEFAULT_LIMIT = 20;
    static final int MAX_REASON = 200;
    static final int MAX_DEVICE = 64;

    private Arguments() {}

    static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw Failures.of(ErrorCode.MISSING_FIELD, field + ": missing");
        }
        return value;
    }

    static long id(String field, @Nullable String text) {
        try {
            return Ids.parse(field, text);
        } catch (RequestRejectedException e) {
            throw Failures.of(e);
        }
    }

    static List<Long> ids(String field, @Nullable List<String> texts) {
        List<String> given = required(field, texts);
        int size = given.size();
        if (size < 1 || size > MAX_USERS) {
            throw invalid(field + ": " + size + " ids", "1.." + MAX_USERS);
        }
        List<Long> ids = new ArrayList<>(size);
        for (Object text : given) {
            // JSON may have numbers where the declaration says texts.
            ids.add(id(field, text == null ? null : text.toString()));
        }
        return ids.stream().distinct().toList();
    }

    /**
     * The conversation that a call is about, which is a user's with a partner or a group.
     *
     * @param partnerField the partner's name in the request
     */
    static Conversation conversation(
            long userId, String partnerField, @Nullable String partnerId, @Nullable String groupId) {
        if (groupId == null || groupId.isEmpty()) {
            return new Conversation.Session(userId, id(partnerField, partnerId));
        }
        if (partnerId != null && !partnerId.isEmpty()) {
            throw invalid("groupId: given together with " + partnerField, "one of the two");
        }
        return new Conversation.Group(id("groupId", groupId));
    }

    static Duration deadline(@Nullable Long millis, RpcSettings settings) {
        return millis == null
                ? settings.deadline()
                : Duration.ofMillis(within(
                        "deadlineMillis", millis, 1, settings.longestDeadline().toMillis()));
    }

    static int limit(@Nullable Integer limit) {
        return limit(limit, MAX_LIMIT);
    }

    static int limit(@Nullable Integer limit, int most) {
        return limit == null ? DEFAULT_LIMIT : (int) within("limit", limit, 1, most);
    }

    static long within(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw invalid(field + ": " + value, least + ".." + most);
        }
        return value;
    }

    static @Nullable String atMost(String field, @Nullable String text, int longest) {
        if (text != null && text.length() > longest) {
            throw invalid(field + ": " + text.length() + " characters", "at most " + longest);
        }
        return text;
    }

    private static RequestFailedException invalid(String found, String expected) {
        return Failures.of(ErrorCode.INVALID_VALUE, found + " (expected: " + expected + ")");
    }
}
