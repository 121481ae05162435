package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param after what to ask for the next page with; null where there is none */
public record MemberPage(List<Member> members, @Nullable String after) implements Serializable {

    /**
     * @param role {@code member}, {@code administrator} or {@code owner}
     * @param sinceMsgId the group's newest message before the user joined
     * @param mutedUntil until when the user may not send, −1 for ever; null where they may
     */
    public record Member(
            String userId,
            String role,
            long sinceMsgId,
            @Nullable Long mutedUntil) implements Serializable {}
}
